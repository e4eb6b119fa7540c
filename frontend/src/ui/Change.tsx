import Box from '@mui/material/Box';

import { shownDirection, type Delta } from '../lib/percent';
import { Money } from './Money';

/** Warm when the payer pays more, cool when less. The sign says it too. */
export function toneOf(direction: -1 | 0 | 1): string {
  return direction > 0 ? 'tone.warm' : direction < 0 ? 'tone.cool' : 'text.secondary';
}

/** The amount of a change with its sign, coloured for the payer. */
export function Change({ delta, currency }: { delta: Delta | null; currency: string }) {
  if (!delta) return <NoValue />;
  return (
    <Box component="span" sx={{ color: toneOf(shownDirection(delta.amount, currency)), fontWeight: 500 }}>
      <Money amount={delta.amount} currency={currency} signed />
    </Box>
  );
}

function NoValue() {
  return (
    <Box component="span" title="There is no figure to compare with" sx={{ color: 'text.disabled' }}>
      –
    </Box>
  );
}
