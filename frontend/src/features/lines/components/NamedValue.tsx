import Box from '@mui/material/Box';
import { type ReactNode } from 'react';

/** A name and a value of the drawer of a line; `name` is that of the FOCUS column where the label differs. */
export function NamedValue({ label, name = '', children }: { label: string; name?: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(120px, 200px) 1fr', columnGap: 2, py: 0.75, borderBottom: 1, borderColor: 'tone.line2' }}>
      <Box component="dt" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {label}
        {name !== '' && (
          <Box component="span" sx={{ display: 'block', color: 'text.disabled', typography: 'caption' }}>
            {name}
          </Box>
        )}
      </Box>
      <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
        {children}
      </Box>
    </Box>
  );
}
