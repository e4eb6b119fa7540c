import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { fullMoney } from '../../../lib/money';
import type { ReconcileBridgeDocument } from '../../../lib/wire';
import { Card } from '../../../ui/Card';

/** What may cause an unexplained difference: facts, no guesses. */
export function ReasonsCard({ bridge }: { bridge: ReconcileBridgeDocument }) {
  const { reasons } = bridge;
  if (reasons.length === 0) return null;
  return (
    <Card title={bridge.figure ? 'Possible causes' : 'Before you compare'}>
      <Box component="ul" sx={{ m: 0, mt: 0.75, pl: 2.25, display: 'grid', gap: 0.75, overflowWrap: 'anywhere' }}>
        {reasons.map(({ code, text }) => (
          <li key={code + text}>{text}</li>
        ))}
      </Box>
      {bridge.figure && (
        <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1.25 }}>
          Differences up to {fullMoney(bridge.tolerance, bridge.currency)} count as rounding.
        </Typography>
      )}
    </Card>
  );
}
