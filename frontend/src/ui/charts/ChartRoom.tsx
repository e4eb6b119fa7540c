import Box from '@mui/material/Box';
import { type ReactNode } from 'react';

import { useSize } from './useSize';

type ChartRoomProps = {
  /** The least height, in px. */
  height: number;
  children: (height: number) => ReactNode;
};

/** Gives a chart what is left of the height of its card, so that cards beside each other end together. */
export function ChartRoom({ height, children }: ChartRoomProps) {
  const { setElement, height: own } = useSize();
  return (
    <Box ref={setElement} sx={{ position: 'relative', flex: '1 0 auto', minHeight: height }}>
      <Box sx={{ position: 'absolute', inset: 0 }}>{children(Math.max(height, own))}</Box>
    </Box>
  );
}
