import Box from '@mui/material/Box';
import { keyframes } from '@mui/material/styles';
import { type ReactNode } from 'react';

const appear = keyframes({ from: { visibility: 'hidden' }, to: { visibility: 'visible' } });

/** A skeleton that says what is loading once that takes a second, "Loading the charge lines…". It fills a flex parent. */
export function Loading({ what, children }: { what: string; children: ReactNode }) {
  return (
    <Box role="status" aria-label={`Loading ${what}`} sx={{ position: 'relative', flex: 1, minHeight: 0, overflow: 'hidden', display: 'flex', flexDirection: 'column' }}>
      {children}
      <Box
        component="span"
        sx={{ position: 'absolute', top: 24, left: 0, right: 0, mx: 'auto', width: 'fit-content', px: 1.5, py: 0.5, borderRadius: '7px', border: 1, borderColor: 'divider', bgcolor: 'background.paper', color: 'text.secondary', animation: `${appear} 1ms linear 1s both` }}
      >
        Loading {what}…
      </Box>
    </Box>
  );
}
