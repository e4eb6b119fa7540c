import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** A titled part of a card. */
export function Part({ title, sub, actions, children }: { title: string; sub?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <Box sx={{ minWidth: 0 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 1, mb: 0.5 }}>
        <Typography variant="h3" sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        {sub !== undefined && <Typography variant="body2" sx={{ color: 'text.secondary' }}>{sub}</Typography>}
        {actions !== undefined && <Box sx={{ ml: 'auto' }}>{actions}</Box>}
      </Box>
      {children}
    </Box>
  );
}
