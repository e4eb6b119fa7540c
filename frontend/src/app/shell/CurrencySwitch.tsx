import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';

import { formatCounted } from '../../lib/money';
import { useLedgerView } from '../../ui/view/ledgerView';

/** The currency of the page; shown only where the bill has several, which are never added up. */
export function CurrencySwitch() {
  const view = useLedgerView();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (view.facts.currencies.length < 2) return null;
  return (
    <>
      <Button variant="outlined" aria-haspopup="menu" aria-expanded={anchor !== null} aria-label={`Currency ${view.currency || 'not named'}`} onClick={(event) => setAnchor(event.currentTarget)} endIcon={<ArrowDropDownIcon sx={{ ml: -0.5 }} />} sx={{ flex: 'none' }}>
        {view.currency || 'No currency'}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {view.facts.currencies.map(({ code, lines }) => (
          <MenuItem
            key={code}
            selected={code === view.currency}
            onClick={() => {
              view.setCurrency(code);
              setAnchor(null);
            }}
          >
            {code || 'No currency named'}
            <Box component="span" sx={{ ml: 'auto', pl: 3, color: 'text.disabled', fontSize: '0.75rem' }}>
              {formatCounted(lines, 'line')}
            </Box>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
