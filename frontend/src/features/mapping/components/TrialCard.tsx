import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { Mapping, MappingTrial } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { columnLabel } from '../../../ui/columnLabel';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { Money } from '../../../ui/Money';
import { describeLines } from '../model';
import { useTrial } from '../queries';
import { TrialTable } from './TrialTable';

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

/** What the mapping makes of the beginning of the table, with its sums and what it cannot read. */
export function TrialCard({ path, mapping }: { path: string; mapping: Mapping }) {
  const trial = useTrial(path, mapping);
  const { data } = trial;
  return (
    <Card title="What comes of it" sub={data && data.missing.length === 0 ? describeLines(data) : undefined}>
      <Box aria-live="polite">
        {trial.error && <ErrorPanel title="The mapping could not be tried" error={trial.error} />}
        {data?.missing.map((sentence) => (
          <Alert key={sentence} severity="info" role="note" sx={{ mt: 1 }}>
            {sentence}
          </Alert>
        ))}
        {data && data.totals.length > 0 && <Totals totals={data.totals} />}
        {data?.rejects.slice(0, 5).map((reject) => (
          <Alert key={reject.line} severity="warning" role="note" sx={{ mb: 1 }}>
            Line {reject.line} is set aside. {reject.reason}
          </Alert>
        ))}
        {data && data.left > Math.min(5, data.rejects.length) && <Typography sx={{ color: 'text.secondary', mb: 1 }}>{formatCounted(data.left - Math.min(5, data.rejects.length), 'more line')} set aside.</Typography>}
      </Box>
      {data && data.rows.length > 0 && <TrialTable trial={data} />}
    </Card>
  );
}
