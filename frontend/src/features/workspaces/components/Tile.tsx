import Box from '@mui/material/Box';

import { initialsOf } from '../model';

/** The mark of a workspace: its initials on the accent colour. */
export function Tile({ name, size = 26, quiet = false }: { name: string; size?: number; quiet?: boolean }) {
  return (
    <Box
      aria-hidden
      sx={{
        width: size,
        height: size,
        flex: 'none',
        borderRadius: '7px',
        display: 'grid',
        placeItems: 'center',
        fontSize: size > 28 ? '0.8125rem' : '0.6875rem',
        fontWeight: 650,
        bgcolor: quiet ? 'tone.accentBg' : 'primary.main',
        color: quiet ? 'primary.main' : 'primary.contrastText',
      }}
    >
      {initialsOf(name)}
    </Box>
  );
}
