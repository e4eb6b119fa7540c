import Box from '@mui/material/Box';
import { type ReactNode } from 'react';

/** The room of a page inside the shell. */
export function PageBody({ children }: { children: ReactNode }) {
  return <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, px: { xs: 1.5, md: 3 }, py: 2.5, flex: '1 0 auto' }}>{children}</Box>;
}
