import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { formatInstant } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { AssessmentInfo } from '../../../lib/wire';
import { TableSkeleton } from '../../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../../ui/EmptyState';
import { Money } from '../../../ui/Money';
import { PageBody } from '../../../ui/PageBody';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { ExportList } from '../../../parts/ExportList';
import { PageHeader } from '../../../ui/PageHeader';
import { Pill } from '../../../ui/Pill';
import { QueryView } from '../../../ui/QueryView';
import { ConfirmDialog } from '../form/ConfirmDialog';
import { optionLabel } from '../model/labels';
import { bestOf, noneText } from '../model/result';
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
  const [deleting, setDeleting] = useState<AssessmentInfo | null>(null);
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
      <PageHeader title="Migration" sub="What the workloads would cost on AWS, Azure and Google Cloud, and how they would move">
        <Box sx={{ display: 'flex', gap: 1 }}>
          {chosen.length > 1 && (
            <Button variant="outlined" onClick={() => state.compare(chosen)}>
              Compare {chosen.length}
            </Button>
          )}
          {assessments.data !== undefined && assessments.data.length > 0 && <ExportList list="assessments" />}
          {add}
        </Box>
      </PageHeader>
      <QueryView
        query={assessments}
        what="the assessments"
        errorTitle="The assessments could not be read"
        skeleton={<TableSkeleton />}
        isEmpty={(list) => list.length === 0}
        empty={<EmptyState title="No assessments yet" text="An assessment prices, scores and plans the move of workloads to AWS, Azure and Google Cloud, from the client's bills, a list of machines or a form. It needs no network." action={add} />}
      >
        {(list) => (
          <Box component="ul" aria-label="Assessments" sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', flexDirection: 'column', gap: 1 }}>
            {list.map((one) => (
              <Entry key={one.name} one={one} readOnly={readOnly} chosen={chosen.includes(one.name)} onChoose={() => toggle(one.name)} onOpen={() => open(one)} onEdit={() => state.edit(one.name, stepOf(one.step))} onDuplicate={() => setCopying(one.name)} onDelete={() => setDeleting(one)} />
            ))}
          </Box>
        )}
      </QueryView>
      {making && <NewAssessment onClose={() => setMaking(false)} onMade={(name, step) => state.edit(name, step)} />}
      {copying !== '' && <DuplicateAssessment name={copying} onClose={() => setCopying('')} />}
      {deleting && (
        <ConfirmDialog
          title={`Delete the assessment ${deleting.name}?`}
          text="Its profile, all its results and what was decided about its tasks go."
          action="Delete"
          pending={remove.isPending}
          onClose={() => setDeleting(null)}
          onConfirm={() =>
            remove.mutate(deleting, {
              onSettled: () => {
                setChosen(chosen.filter((one) => one !== deleting.name));
                setDeleting(null);
              },
            })
          }
        />
      )}
      <ChangeConflict what={`the assessment ${remove.variables?.name ?? ''}`} change={remove} />
    </PageBody>
  );
}

type EntryProps = { one: AssessmentInfo; readOnly: boolean; chosen: boolean; onChoose: () => void; onOpen: () => void; onEdit: () => void; onDuplicate: () => void; onDelete: () => void };

/** An assessment with what it came to, and what can be done with it. */
function Entry({ one, readOnly, chosen, onChoose, onOpen, onEdit, onDuplicate, onDelete }: EntryProps) {
  const best = bestOf(one);
  const edit = one.made ? 'Edit' : 'Continue';
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 0.5, bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', px: 1.5, py: 1 }}>
      <Checkbox size="small" disabled={!one.made} checked={chosen} onChange={onChoose} slotProps={{ input: { 'aria-label': `Compare ${one.name}` } }} />
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
          <Button onClick={onOpen} sx={{ textAlign: 'left', overflowWrap: 'anywhere', px: 0.5, minWidth: 0 }}>
            {one.name}
          </Button>
          <State one={one} />
        </Box>
        <Typography variant="body2" sx={{ color: 'text.secondary', px: 0.5 }}>
          <Box component="span" sx={{ whiteSpace: 'nowrap', mr: 1.5 }}>
            {formatCounted(one.workloads, 'workload')}
          </Box>
          <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
            Changed {formatInstant(one.changedAt)}
            {one.changedBy === '' ? '' : ` by ${one.changedBy}`}
          </Box>
        </Typography>
      </Box>
      {one.made && (
        <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 84px 84px 160px', alignItems: 'center', gap: 1, flex: '1 1 420px', fontVariantNumeric: 'tabular-nums' }}>
          {best ? (
            <>
              <span>
                {optionLabel('', best.provider)}
                {one.made.tooClose && (
                  <Typography variant="body2" component="span" sx={{ display: 'block', color: 'text.secondary' }}>
                    Too close to call
                  </Typography>
                )}
              </span>
              <Box component="span" sx={{ textAlign: 'right' }}>
                {best.score} points
              </Box>
              <Stars stars={best.stars} />
              <Box component="span" sx={{ textAlign: 'right' }}>
                <Money amount={best.monthly} currency="USD" /> USD a month
              </Box>
            </>
          ) : (
            <Box component="span" sx={{ gridColumn: '1 / -1' }}>{noneText(one)}</Box>
          )}
        </Box>
      )}
      <Box sx={{ display: 'flex', ml: 'auto' }}>
        <Button size="small" disabled={readOnly} onClick={onEdit} aria-label={`${edit} ${one.name}`}>
          {edit}
        </Button>
        <Button size="small" disabled={readOnly} onClick={onDuplicate} aria-label={`Duplicate ${one.name}`}>
          Duplicate
        </Button>
        <Button size="small" color="error" disabled={readOnly} onClick={onDelete} aria-label={`Delete ${one.name}`}>
          Delete
        </Button>
      </Box>
    </Box>
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
