import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useFormContext } from 'react-hook-form';

import type { BudgetAmount, BudgetFill, Each, FillBy } from '../../../lib/wire';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { type BudgetValues, draftOf } from '../form';
import { useFillAmounts } from '../queries';

const ways: { value: FillBy; label: string; asks: string }[] = [
  { value: 'same', label: 'The same in each', asks: 'Amount of each' },
  { value: 'even', label: 'A total, spread evenly', asks: 'Total' },
  { value: 'days', label: 'A total, spread by days', asks: 'Total' },
  { value: 'last-year', label: 'A total, spread by the shape of last year', asks: 'Total' },
  { value: 'percent', label: 'Last year, and so many percent more', asks: 'Percent more, or less with −' },
];

const parts: { value: Each; label: string }[] = [
  { value: 'month', label: 'Months' },
  { value: 'quarter', label: 'Quarters' },
  { value: 'year', label: 'Year' },
];

/** Makes the amounts of a year at once. Amounts of the same periods are replaced, others stay. */
export function FillAmounts({ onClose, onTake }: { onClose: () => void; onTake: (amounts: BudgetAmount[]) => void }) {
  const titleId = useId();
  const { getValues } = useFormContext<BudgetValues>();
  const { facts } = useLedgerView();
  const fill = useFillAmounts();
  const year = facts.lastDay.slice(0, 4);
  const [wanted, setWanted] = useState<BudgetFill>({ by: 'same', each: 'month', period: year === '' ? '' : String(Number(year) + 1), value: '' });
  const change = (part: Partial<BudgetFill>) => {
    fill.reset();
    setWanted({ ...wanted, ...part });
  };
  const way = ways.find(({ value }) => value === wanted.by) ?? ways[0];
  const apply = () => {
    // Amounts that are not complete yet do not matter to those that are made.
    const draft = { ...draftOf(getValues()), amounts: [], thresholds: [] };
    fill.mutate({ draft, fill: { ...wanted, value: wanted.value.trim().replace('\u2212', '-') } }, { onSuccess: onTake });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Fill periods</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, '& > :first-of-type': { mt: 1 } }}>
        <TextField size="small" label="Year or quarter" helperText="2027, 2027-Q1, or FY2027 for a fiscal year" value={wanted.period} onChange={(event) => change({ period: event.target.value })} />
        <TextField select size="small" label="Periods" value={wanted.each} onChange={(event) => change({ each: parts.find(({ value }) => value === event.target.value)?.value ?? 'month' })}>
          {parts.map(({ value, label }) => (
            <MenuItem key={value} value={value}>
              {label}
            </MenuItem>
          ))}
        </TextField>
        <TextField select size="small" label="Amounts" value={wanted.by} onChange={(event) => change({ by: ways.find(({ value }) => value === event.target.value)?.value ?? 'same' })}>
          {ways.map(({ value, label }) => (
            <MenuItem key={value} value={value}>
              {label}
            </MenuItem>
          ))}
        </TextField>
        <TextField
          size="small"
          label={way?.asks}
          value={wanted.value}
          onChange={(event) => change({ value: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            apply();
          }}
          slotProps={{ htmlInput: { inputMode: 'decimal' } }}
        />
        {fill.error && (
          <Typography role="alert" sx={{ color: 'error.main' }}>
            {fill.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" disabled={wanted.value.trim() === ''} loading={fill.isPending} onClick={apply}>
          Fill
        </Button>
      </DialogActions>
    </Dialog>
  );
}
