import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { describeStart } from '../../../lib/instants';
import { formatCounted } from '../../../lib/money';
import type { AssessmentInfo } from '../../../lib/wire';
import { TableSkeleton } from '../../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../../ui/EmptyState';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { Pill } from '../../../ui/Pill';
import { QueryView } from '../../../ui/QueryView';
import { ConfirmDialog } from '../form/ConfirmDialog';
import { optionLabel } from '../model/labels';
import { stepLabels, stepOf, steps } from '../model/steps';
import { useAssessments, useDeleteAssessment } from '../queries';
import { Stars } from '../result/Stars';
import type { MigrationState } from '../useMigrationState';
import { DuplicateAssessment } from './DuplicateAssessment';
import { NewAssessment } from './NewAssessment';

/** All assessments of the workspace. */
export function AssessmentList({ state }: { state: MigrationState }) {
  const assessments = useAssessments();
  const readOnly = useReadOnly();
  const remove = useDeleteAssessment();
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState('');
  const [copying, setCopying] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const add = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={readOnly} onClick={() => setMaking(true)}>
      New assessment
    </Button>
  );
  const toggle = (name: string) => setChosen(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  const open = (one: AssessmentInfo) => (one.made ? state.show(one.name) : state.edit(one.name, stepOf(one.step)));
  return (
    <PageBody>
      <PageHeader title="Migration" sub="What the estate would cost on AWS, Azure and Google Cloud, and how it would move">
        <Box sx={{ display: 'flex', gap: 1 }}>
          {chosen.length > 1 && (
            <Button variant="outlined" onClick={() => state.compare(chosen)}>
              Compare {chosen.length}
            </Button>
          )}
          {add}
        </Box>
      </PageHeader>
      <QueryView
        query={assessments}
        what="the assessments"
        errorTitle="The assessments could not be read"
        skeleton={<TableSkeleton />}
        isEmpty={(list) => list.length === 0}
        empty={<EmptyState title="No assessments yet" text="An assessment prices, scores and plans the move of an estate to AWS, Azure and Google Cloud, from the client's bills, a list of machines or a form. It needs no network." action={add} />}
      >
        {(list) => (
          <FigureTable
            label="Assessments"
            head={['Assessment', 'State', 'Workloads', 'Best provider', 'Score', 'Confidence', 'Monthly, USD', 'Changed', '']}
            folded={[7, 5]}
            rows={list.map((one) => {
              const best = one.standing.find((entry) => entry.eligible);
              return {
                key: one.name,
                cells: [
                  <Box key="name" sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
                    <Checkbox size="small" disabled={!one.made} checked={chosen.includes(one.name)} onChange={() => toggle(one.name)} slotProps={{ input: { 'aria-label': `Compare ${one.name}` } }} />
                    <Button onClick={() => open(one)} sx={{ textAlign: 'left', overflowWrap: 'anywhere' }}>
                      {one.name}
                    </Button>
                  </Box>,
                  <State key="state" one={one} />,
                  String(one.workloads),
                  best ? `${optionLabel('', best.provider)}${one.made?.tooClose ? ', too close to call' : ''}` : one.made ? 'None is eligible' : '–',
                  best?.score ?? '–',
                  best ? <Stars key="stars" stars={best.stars} /> : '–',
                  best ? <Money key="monthly" amount={best.monthly} currency="USD" /> : '–',
                  `${describeStart(one.changedAt)}${one.changedBy === '' ? '' : ` by ${one.changedBy}`}`,
                  <Box key="do" sx={{ display: 'flex', justifyContent: 'flex-end' }}>
                    <Button size="small" disabled={readOnly} onClick={() => state.edit(one.name, stepOf(one.step))} aria-label={`${one.made ? 'Edit' : 'Continue'} ${one.name}`}>
                      {one.made ? 'Edit' : 'Continue'}
                    </Button>
                    <Button size="small" disabled={readOnly} onClick={() => setCopying(one.name)} aria-label={`Duplicate ${one.name}`}>
                      Duplicate
                    </Button>
                    <Button size="small" color="error" disabled={readOnly} onClick={() => setDeleting(one.name)} aria-label={`Delete ${one.name}`}>
                      Delete
                    </Button>
                  </Box>,
                ],
              };
            })}
          />
        )}
      </QueryView>
      {making && <NewAssessment onClose={() => setMaking(false)} onMade={(name, step) => state.edit(name, step)} />}
      {copying !== '' && <DuplicateAssessment name={copying} onClose={() => setCopying('')} />}
      {deleting !== '' && (
        <ConfirmDialog
          title={`Delete the assessment ${deleting}?`}
          text="Its profile, all its results and what was decided about its tasks go."
          action="Delete"
          pending={remove.isPending}
          onClose={() => setDeleting('')}
          onConfirm={() =>
            remove.mutate(deleting, {
              onSettled: () => {
                setChosen(chosen.filter((one) => one !== deleting));
                setDeleting('');
              },
            })
          }
        />
      )}
    </PageBody>
  );
}

function State({ one }: { one: AssessmentInfo }) {
  if (one.made && one.outdated) return <Pill tone="bad">Changed since assessed</Pill>;
  if (one.made) return <Pill tone="good">Assessed</Pill>;
  const step = stepOf(one.step);
  return (
    <Pill tone="plain">
      Draft, step {steps.indexOf(step) + 1}: {stepLabels[step].toLowerCase()}
      {one.wrong > 0 ? `, ${formatCounted(one.wrong, 'field')} to do` : ''}
    </Pill>
  );
}
