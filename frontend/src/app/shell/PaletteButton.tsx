import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useEffect, useState } from 'react';

import { CommandPalette } from './CommandPalette';

const onMac = navigator.userAgent.includes('Mac');

/** Opens the command palette, by click or by Ctrl/⌘ K from anywhere. */
export function PaletteButton() {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, []);

  return (
    <>
      <ButtonBase
        onClick={() => setOpen(true)}
        sx={{ border: 1, borderColor: 'divider', borderRadius: '7px', px: 1.25, height: 32, flex: 'none', minWidth: { xs: 0, lg: 150, xl: 250 }, justifyContent: 'space-between', gap: 1, color: 'text.disabled', fontSize: '0.8125rem', whiteSpace: 'nowrap', '&:hover': { borderColor: 'text.disabled' } }}
      >
        <span>
          Search
          <Box component="span" sx={{ display: { xs: 'none', xl: 'inline' } }}>
            {' or run a command'}
          </Box>
        </span>
        <Box component="kbd" sx={{ display: { xs: 'none', lg: 'inline' }, font: 'inherit', fontSize: '0.6875rem', border: 1, borderColor: 'divider', borderRadius: '5px', px: 0.625 }}>
          {onMac ? '⌘ K' : 'Ctrl K'}
        </Box>
      </ButtonBase>
      {open && <CommandPalette onClose={() => setOpen(false)} />}
    </>
  );
}
