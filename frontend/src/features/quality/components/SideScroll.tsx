import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** A table that scrolls sideways where the window is too narrow for it, also by keyboard. */
export function SideScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box tabIndex={0} role="region" aria-label={label} sx={{ overflowX: 'auto' }}>
      {children}
    </Box>
  );
}
