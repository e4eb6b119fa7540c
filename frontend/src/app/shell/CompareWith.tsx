import CheckIcon from '@mui/icons-material/Check';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatRange } from '../../lib/days';
import { baseLabels, bases } from '../../lib/period';
import type { BaseSpan, SpendBase } from '../../lib/wire';
import type { LedgerView } from '../../ui/view/ledgerView';
import { CustomPeriod } from './CustomPeriod';

type CompareWithProps = { view: LedgerView; spans: BaseSpan[]; onChosen: () => void };

/** What the period is compared with: an earlier period, days of the person's own choice, or nothing. */
export function CompareWith({ view, spans, onChosen }: CompareWithProps) {
  const [naming, setNaming] = useState(view.base === 'custom');
  const previous = spans.find(({ base }) => base === 'previous');
  const choose = (base: SpendBase) => {
    setNaming(base === 'custom');
    if (base === 'custom') return;
    view.setComparing({ base, compareFrom: '', compareTo: '' });
    onChosen();
  };
  return (
    <>
      <Typography variant="h3" component="h3" sx={{ px: 2, pt: 1.5, color: 'text.secondary' }}>
        Compare with
      </Typography>
      <MenuList dense aria-label="Compare with">
        {bases.map((base) => {
          const span = base === 'custom' && view.base === 'custom' ? { from: view.compareFrom, to: view.compareTo } : spans.find((one) => one.base === base);
          return (
            <MenuItem key={base} selected={view.base === base} onClick={() => choose(base)}>
              <CheckIcon sx={{ fontSize: 15, mr: 1, visibility: view.base === base ? 'visible' : 'hidden' }} />
              {baseLabels[base]}
              {span && (
                <Box component="span" sx={{ ml: 'auto', pl: 2, color: 'text.secondary', fontSize: '0.75rem' }}>
                  {formatRange(span.from, span.to)}
                </Box>
              )}
            </MenuItem>
          );
        })}
      </MenuList>
      {naming && (
        <CustomPeriod
          from={view.compareFrom || (previous?.from ?? '')}
          to={view.compareTo || (previous?.to ?? '')}
          action="Compare with these days"
          onApply={(compareFrom, compareTo) => {
            view.setComparing({ base: 'custom', compareFrom, compareTo });
            onChosen();
          }}
        />
      )}
    </>
  );
}
