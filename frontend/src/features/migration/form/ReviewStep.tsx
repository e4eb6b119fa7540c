import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useFormContext } from 'react-hook-form';

import { formatDay, isDay } from '../../../lib/days';
import { formatCounted, formatMoney } from '../../../lib/money';
import { formatRatio } from '../../../lib/percent';
import type { AssessmentReview, FieldProblem } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { Facts } from '../../../ui/Facts';
import { FigureTable } from '../../../ui/FigureTable';
import { QueryView } from '../../../ui/QueryView';
import { labelOf, optionLabel, problemText } from '../model/labels';
import { nameOf, type ProfileValues } from '../model/rules';
import { type Step, stepLabels, stepOfPath } from '../model/steps';
import { agesTable, gapsTable, reviewedTable } from '../model/tables';
import { isFields } from '../model/values';
import { useReview } from '../queries';
import { Stars } from '../result/Stars';
import { useFormFacts } from './context';

/** Below how many stars the person must accept the assumptions. */
const STARS_ASKED = 3;

type ReviewStepProps = { name: string; version: number; ready: boolean; accepted: boolean; onAccept: (accepted: boolean) => void; onStep: (step: Step) => void };

/** Step 4: everything read-only, with what is wrong, what is missing and what excludes a provider. */
export function ReviewStep({ name, version, ready, accepted, onAccept, onStep }: ReviewStepProps) {
  const { wrong } = useFormFacts();
  const review = useReview(name, version, ready && wrong.length === 0);
  return (
    <>
      {wrong.length > 0 && <Problems wrong={wrong} onStep={onStep} />}
      {wrong.length === 0 && (
        <QueryView query={review} what="the review" errorTitle="The review could not be made" skeleton={<Skeleton variant="rounded" height={240} />}>
          {(info) => <Preview info={info} accepted={accepted} onAccept={onAccept} />}
        </QueryView>
      )}
      <Typed onStep={onStep} />
    </>
  );
}

/** Whether the assumptions must be accepted before the assessment is made. */
export function needsAcceptance(info: AssessmentReview | undefined): boolean {
  return info !== undefined && info.providers.some(({ stars }) => stars < STARS_ASKED);
}

/** The number and the name of the workload that a field is of; empty for other fields. */
function workloadOf(path: string, lines: Record<string, unknown>[]): string {
  const number = /^workloads\[(\d+)\]/.exec(path)?.[1];
  if (number === undefined) return '';
  const name = lines[Number(number)]?.['name'];
  return `Workload ${Number(number) + 1}${typeof name === 'string' && name !== '' ? ` (${name})` : ''}, `;
}

/** Every wrong field with the step that it is in. */
function Problems({ wrong, onStep }: { wrong: FieldProblem[]; onStep: (step: Step) => void }) {
  const lines = useFormContext<ProfileValues>().getValues('workloads');
  return (
    <Card title="To correct" sub={formatCounted(wrong.length, 'field')}>
      <Box component="ul" sx={{ m: 0, mt: 1, pl: 0, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: 0.5 }}>
        {wrong.map(({ path, rule, message }) => (
          <Box component="li" key={`${path} ${rule}`} sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '112px minmax(0, 1fr)' }, columnGap: 1, alignItems: 'baseline' }}>
            <Button size="small" sx={{ justifySelf: 'start' }} onClick={() => onStep(stepOfPath(path))}>
              {stepLabels[stepOfPath(path)]}
            </Button>
            <Typography sx={{ overflowWrap: 'anywhere' }}>
              {workloadOf(path, lines)}
              {labelOf(path).label}: {problemText(path, message)}
            </Typography>
          </Box>
        ))}
      </Box>
    </Card>
  );
}

function Preview({ info, accepted, onAccept }: { info: AssessmentReview; accepted: boolean; onAccept: (accepted: boolean) => void }) {
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
      <Card title="Providers" actions={<ExportTable of="providers" table={() => reviewedTable(info)} />}>
        <FigureTable
          label="Providers"
          head={['Provider', 'Region', 'Confidence', 'Excluded because']}
          words={[1, 3]}
          rows={info.providers.map((one) => ({
            key: one.provider,
            cells: [optionLabel('', one.provider), one.region === '' ? 'None' : <span key="region" title={one.why}>{one.region}</span>, <Stars key="stars" stars={one.stars} />, one.gates.map((gate) => gate.message).join(' ') || '–'],
          }))}
        />
      </Card>
      <Card title="Not known" sub="each point lowers the confidence" actions={<ExportTable of="not known" disabled={info.gaps.length === 0} table={() => gapsTable(info)} />}>
        {info.gaps.length === 0 ? <Typography sx={{ color: 'text.secondary', mt: 1 }}>Everything that was asked is known.</Typography> : <FigureTable label="Not known" head={['Point', 'Missing', 'Confidence lost']} rows={info.gaps.map((gap) => ({ key: gap.point, cells: [gap.point, `${gap.missing} of ${gap.asked}`, formatRatio(String(gap.share)) ?? '–'] }))} />}
      </Card>
      <Card title="Prices" sub="the oldest price used of each table" actions={<ExportTable of="price tables" table={() => agesTable(info)} />}>
        <FigureTable label="Oldest figure used of each table" head={['Table', 'Oldest price']} rows={info.tables.map((table) => ({ key: table.name, cells: [optionLabel('', table.name), formatDay(table.asOf)] }))} />
      </Card>
      <Card title="To look at">
        {info.unpriced.length > 0 && (
          <Alert severity="warning" sx={{ mt: 1 }}>
            {formatCounted(info.unpriced.length, 'workload')} will not be in any total: {info.unpriced.map((one) => `${one.name} (${one.reason})`).join('; ')}
          </Alert>
        )}
        {info.warnings.length === 0 && info.unpriced.length === 0 && <Typography sx={{ color: 'text.secondary', mt: 1 }}>Nothing.</Typography>}
        <Box component="ul" sx={{ pl: 2.5, my: 1 }}>
          {info.warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </Box>
        {needsAcceptance(info) && <FormControlLabel control={<Checkbox checked={accepted} onChange={(_event, on) => onAccept(on)} />} label="Accept the defaults for what is not known" />}
      </Card>
    </Box>
  );
}

/** A number with its thousands apart; null for other text. */
function grouped(text: string): string | null {
  return /^-?\d+(\.\d+)?$/.test(text) ? formatMoney(text, '', { digits: text.split('.')[1]?.length ?? 0 }) : null;
}

function said(path: string, value: unknown): string {
  if (typeof value === 'string') return isDay(value) ? formatDay(value) : (grouped(value) ?? optionLabel(path, value));
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map((one) => said(path, one)).join(', ') || 'None';
  if (isFields(value))
    return Object.entries(value)
      .flatMap(([name, one]) => (said(path, one) === '' ? [] : name === 'name' || name === 'kind' || name === 'country' ? [said(path, one)] : [`${name.replaceAll('_', ' ')} ${said(path, one).toLowerCase()}`]))
      .join(', ');
  return '';
}

/** What was typed, by step; what was left empty has its default and is not listed. */
function Typed({ onStep }: { onStep: (step: Step) => void }) {
  const { rules } = useFormFacts();
  const values = useFormContext<ProfileValues>().getValues();
  const facts = (step: 'organization' | 'requirements') =>
    rules.members(step).flatMap(({ path }): [string, string][] => {
      const text = said(path, values[step][nameOf(path)]);
      return text === '' ? [] : [[labelOf(path).label, path === 'organization.name' ? String(values.organization['name']) : text]];
    });
  const part = (step: 'organization' | 'requirements') => (
    <Card title={stepLabels[step]} actions={<Button onClick={() => onStep(step)}>Edit</Button>}>
      {facts(step).length === 0 ? <Typography sx={{ color: 'text.secondary', mt: 1 }}>Nothing is filled in: every field has its default.</Typography> : <Facts facts={facts(step)} />}
    </Card>
  );
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
      {part('organization')}
      {part('requirements')}
      <Card title="Workloads" sub={formatCounted(values.workloads.length, 'workload')} actions={<Button onClick={() => onStep('workloads')}>Edit</Button>}>
        <Typography sx={{ mt: 1, overflowWrap: 'anywhere' }}>
          {values.workloads
            .slice(0, 30)
            .map((line) => (typeof line['name'] === 'string' && line['name'] !== '' ? line['name'] : 'No name'))
            .join(', ')}
          {values.workloads.length > 30 ? ` and ${values.workloads.length - 30} more` : ''}
        </Typography>
      </Card>
    </Box>
  );
}
