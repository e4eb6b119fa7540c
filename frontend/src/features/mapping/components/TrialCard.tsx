import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatCounted } from '../../../lib/money';
import type { MappingTrial } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { columnLabel } from '../../../ui/columnLabel';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { Money } from '../../../ui/Money';
import { isComplete, describeLines, describeSkipped, trialTable } from '../model';
import { type useTrial } from '../queries';
import { TrialTable } from './TrialTable';

/** So many skipped lines are listed at once. */
const LINES_AT_ONCE = 3;

function Totals({ totals }: { totals: MappingTrial['totals'] }) {
  return (
    <Box role="group" aria-label="Totals of these lines" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 0.5, py: 1 }}>
      {totals.map(({ currency, metric, amount }) => (
        <Box key={`${currency} ${metric}`}>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {columnLabel(metric)}, {currency}
          </Typography>
          <Typography component="div" sx={{ fontSize: '1.0625rem', fontWeight: 620 }}>
            <Money amount={amount} currency={currency} />
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

/** The lines that are skipped: how many, what they are billed, and why. */
function SkippedLines({ trial }: { trial: MappingTrial }) {
  const [all, setAll] = useState(false);
  const { rejects, left } = trial;
  const shown = all ? rejects : rejects.slice(0, LINES_AT_ONCE);
  return (
    <Alert severity="warning" role="note" sx={{ mb: 1 }}>
      <Typography sx={{ fontWeight: 570 }}>{describeSkipped(trial)}</Typography>
      {shown.map(({ line, reason }) => (
        <Typography key={line} sx={{ overflowWrap: 'anywhere' }}>
          Line {line}: {reason}
        </Typography>
      ))}
      {rejects.length > LINES_AT_ONCE && (
        <Button aria-expanded={all} onClick={() => setAll(!all)} sx={{ p: '0 4px', color: 'inherit' }}>
          {all ? 'Show fewer' : `Show ${formatCounted(rejects.length - LINES_AT_ONCE, 'more line')}`}
        </Button>
      )}
      {left > rejects.length && <Typography>The import lists all of them.</Typography>}
    </Alert>
  );
}

/** What the mapping makes of the beginning of the table, with its sums and what it cannot read. */
export function TrialCard({ trial }: { trial: ReturnType<typeof useTrial> }) {
  const { data } = trial;
  return (
    <Card title="Preview" sub={data && isComplete(data) ? describeLines(data) : undefined} actions={data && data.rows.length > 0 && <ExportTable of="first lines" table={() => trialTable(data)} />}>
      <Box aria-live="polite">
        {trial.error && <ErrorPanel title="The mapping could not be tried" error={trial.error} />}
        {data && !isComplete(data) && <Typography sx={{ color: 'text.secondary', mt: 0.5 }}>The sums are shown here once the mapping is complete.</Typography>}
        {data && data.totals.length > 0 && <Totals totals={data.totals} />}
        {data && data.left > 0 && <SkippedLines trial={data} />}
      </Box>
      {data && data.rows.length > 0 && <TrialTable trial={data} />}
    </Card>
  );
}
