import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import CheckIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Popover from '@mui/material/Popover';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatRange } from '../../lib/days';
import { formatComparison, periodOf, presetLabels, presets } from '../../lib/period';
import { useLedgerView } from '../../ui/view/ledgerView';
import { CustomPeriod } from './CustomPeriod';

/** The period of the page and the one it is held against. */
export function PeriodPicker() {
  const view = useLedgerView();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { firstDay, lastDay } = view.facts;
  const compared = view.compareFrom !== '';
  const versus = compared ? formatComparison({ from: view.compareFrom, to: view.compareTo }, view) : '';
  const close = () => setAnchor(null);

  return (
    <>
      <Button variant="outlined" aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)} endIcon={<ArrowDropDownIcon sx={{ ml: -0.5 }} />} sx={{ whiteSpace: 'nowrap', flex: 'none' }}>
        {formatRange(view.from, view.to)}
        {compared && (
          <Box component="span" sx={{ color: 'text.disabled', fontWeight: 400, ml: 0.75 }}>
            vs {versus}
          </Box>
        )}
      </Button>
      <Popover anchorEl={anchor} open={anchor !== null} onClose={close} anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }} slotProps={{ paper: { 'aria-label': 'Period', role: 'dialog', sx: { width: 344 } } }}>
        <MenuList autoFocusItem={anchor !== null}>
          {presets.map((preset) => {
            const period = periodOf(preset, firstDay, lastDay);
            return (
              <MenuItem
                key={preset}
                selected={view.preset === preset}
                onClick={() => {
                  view.setPreset(preset);
                  close();
                }}
              >
                <CheckIcon sx={{ fontSize: 15, mr: 1, visibility: view.preset === preset ? 'visible' : 'hidden' }} />
                {presetLabels[preset]}
                <Box component="span" sx={{ ml: 'auto', pl: 2, color: 'text.disabled', fontSize: '0.75rem' }}>
                  {formatRange(period.from, period.to)}
                </Box>
              </MenuItem>
            );
          })}
        </MenuList>
        <Divider />
        <CustomPeriod
          from={view.from}
          to={view.to}
          onApply={(from, to) => {
            view.setPeriod(from, to);
            close();
          }}
        />
        <Divider />
        <Typography variant="body2" sx={{ px: 2, py: 1.25, color: 'text.secondary' }}>
          {compared
            ? `Held against ${versus}: the same days one period earlier.`
            : 'Not held against an earlier period: the ledger does not reach back that far.'}
        </Typography>
      </Popover>
    </>
  );
}
