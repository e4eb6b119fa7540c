import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { fileName } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import type { ImportPlan } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { type FlowState, describeReason } from '../model';
import { useStartImport } from '../queries';
import { useMappable } from '../useMappable';
import { PlannedFileCard } from './PlannedFileCard';
import { SkippedActions } from './SkippedActions';

type PlanViewProps = { plan: ImportPlan; flow: FlowState; onBack: () => void };

/** Of more files than these each is one line until it is opened. */
const OPEN_AT_ONCE = 2;

function importLabel(fresh: number, known: number): string {
  if (fresh > 0) return `Import ${formatCounted(fresh, 'file')}`;
  return known > 0 ? 'All files already imported' : 'Nothing to import';
}

/** The files of a plan and the way on. */
export function PlanView({ plan, flow, onBack }: PlanViewProps) {
  const [strict, setStrict] = useState(flow.strict);
  const start = useStartImport(flow);
  const readOnly = useReadOnly();
  const mappable = useMappable(plan.skipped.map((skipped) => skipped.path));
  const fresh = plan.files.filter((file) => file.status === 'new');
  const known = plan.files.length - fresh.length;
  const handleImport = () => start.mutate({ planId: plan.id, options: { strict, answers: [], look: true } });

  return (
    <>
      {plan.warnings.map((warning) => (
        <Alert key={warning} severity="warning">
          {warning}
        </Alert>
      ))}
      {plan.files.map((file) => (
        <PlannedFileCard key={file.path} file={file} startsOpen={plan.files.length <= OPEN_AT_ONCE} />
      ))}
      {plan.skipped.length > 0 && (
        <Card title="Not billing files" sub={formatCounted(plan.skipped.length, 'file')}>
          <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, mt: 0.5 }}>
            {plan.skipped.map((skipped) => (
              <Box component="li" key={skipped.path} sx={{ py: 0.75, borderBottom: 1, borderColor: 'tone.line2', '&:last-child': { borderBottom: 0 } }}>
                <Typography title={skipped.path} sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>
                  <bdi>{fileName(skipped.path)}</bdi>
                </Typography>
                <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{describeReason(skipped.reason)}</Typography>
                {mappable.has(skipped.path) && <SkippedActions path={skipped.path} flow={flow} />}
              </Box>
            ))}
          </Box>
        </Card>
      )}
      <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: -3, mb: -2.5, px: 3, py: 1.5, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
        {fresh.length > 0 && (
          <FormControlLabel
            control={<Switch size="small" checked={strict} onChange={(event) => setStrict(event.target.checked)} />}
            label={
              <span>
                Stop at the first bad line
                <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>
                  {strict ? 'A line that cannot be read stops the import, and nothing is imported.' : 'Lines that cannot be read are skipped and listed; all others are imported.'}
                </Box>
              </span>
            }
          />
        )}
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1, alignItems: 'center' }}>
          {start.error && (
            <Typography role="alert" sx={{ color: 'error.main' }}>
              {start.error.message}
            </Typography>
          )}
          <Button variant="outlined" onClick={onBack}>
            Back
          </Button>
          <Button variant="contained" disabled={readOnly || fresh.length === 0} loading={start.isPending} onClick={handleImport}>
            {importLabel(fresh.length, known)}
          </Button>
        </Box>
      </Box>
    </>
  );
}
