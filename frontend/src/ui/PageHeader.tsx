import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** The head of a page: its name, what it shows just now, and on the right what else belongs to the whole page. */
export function PageHeader({ title, sub, children }: { title: string; sub?: ReactNode; children?: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'baseline', flexWrap: 'wrap', columnGap: 1.5, rowGap: 0.5 }}>
      <Typography variant="h1">{title}</Typography>
      {sub !== undefined && <Typography sx={{ color: 'text.secondary' }}>{sub}</Typography>}
      {children !== undefined && <Box sx={{ ml: 'auto' }}>{children}</Box>}
    </Box>
  );
}
