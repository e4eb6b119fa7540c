import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import CheckIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Popover from '@mui/material/Popover';
import { useState } from 'react';

import { useBaseSpans } from '../../bridge/queries';
import { formatRange } from '../../lib/days';
import { formatComparison } from '../../lib/period';
import { useLedgerView } from '../../ui/view/ledgerView';
import { CompareWith } from './CompareWith';
import { CustomPeriod } from './CustomPeriod';

/** The period of the page and the one it is compared with. */
export function PeriodPicker() {
  const view = useLedgerView();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const spans = useBaseSpans(view.from, view.to).data ?? [];
  const before = view.base === 'custom' ? { from: view.compareFrom, to: view.compareTo } : spans.find(({ base }) => base === view.base);
  const held = view.facts.currencies.find(({ code }) => code === view.currency) ?? view.facts;
  const close = () => setAnchor(null);

  return (
    <>
      <Button variant="outlined" aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)} endIcon={<ArrowDropDownIcon sx={{ ml: -0.5 }} />} sx={{ maxWidth: '100%', textAlign: 'left' }}>
        <Box component="span" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 0.75 }}>
          {formatRange(view.from, view.to)}
          {/* Where the data has nothing of the other period there is nothing to compare with. */}
          {before && before.to >= held.firstDay && before.from <= held.lastDay && (
            <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
              vs {formatComparison(before, view)}
            </Box>
          )}
        </Box>
      </Button>
      <Popover anchorEl={anchor} open={anchor !== null} onClose={close} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }} slotProps={{ paper: { 'aria-label': 'Period', role: 'dialog', sx: { width: 740, display: 'flex', flexWrap: 'wrap' } } }}>
        <MenuList autoFocusItem={anchor !== null} aria-label="Period" sx={{ flex: '1 1 350px' }}>
          {view.presets.map(({ preset, label, from, to }) => (
            <MenuItem
              key={preset}
              dense
              selected={view.preset === preset}
              onClick={() => {
                view.setPreset(preset);
                close();
              }}
            >
              <CheckIcon sx={{ fontSize: 15, mr: 1, visibility: view.preset === preset ? 'visible' : 'hidden' }} />
              {label}
              <Box component="span" sx={{ ml: 'auto', pl: 2, color: 'text.secondary', fontSize: '0.75rem' }}>
                {formatRange(from, to)}
              </Box>
            </MenuItem>
          ))}
        </MenuList>
        <Box sx={{ flex: '1 1 300px', borderLeft: 1, borderColor: 'divider' }}>
          <CustomPeriod
            from={view.from}
            to={view.to}
            action="Use these days"
            onApply={(from, to) => {
              view.setPeriod(from, to);
              close();
            }}
          />
          <Divider />
          <CompareWith view={view} spans={spans} onChosen={close} />
        </Box>
      </Popover>
    </>
  );
}
