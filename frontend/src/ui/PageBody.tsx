import Box from '@mui/material/Box';
import { type ReactNode } from 'react';

/** The room of a page inside the shell. With `fills` a table of the page takes what is left of the height and scrolls by itself. */
export function PageBody({ fills = false, children }: { fills?: boolean; children: ReactNode }) {
  return <Box sx={{ display: 'flex', flexDirection: 'column', gap: fills ? 1.5 : 2, px: { xs: 1.5, md: 3 }, py: { xs: 1.5, md: 2.5 }, ...(fills ? { flex: 1, minHeight: 420 } : { flex: '1 0 auto' }) }}>{children}</Box>;
}
