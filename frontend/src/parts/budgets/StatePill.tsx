import Box from '@mui/material/Box';

import type { BudgetState } from '../../lib/wire';
import { Pill } from '../../ui/Pill';
import { describeState } from './states';

/** How a budget stands. Cells are as high as their row; a pill is as high as its word. */
export function StatePill({ state }: { state: BudgetState }) {
  const { text, tone, why } = describeState(state);
  return (
    <Box component="span" title={why} sx={{ lineHeight: 1.45 }}>
      <Pill tone={tone}>{text}</Pill>
    </Box>
  );
}
