import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useFormContext } from 'react-hook-form';

import type { BudgetAmount } from '../../../lib/wire';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { type BudgetValues, draftOf } from '../form';
import { useReadAmounts } from '../queries';
import { RowProblems } from './RowProblems';

/** Reads amounts that were copied from a spreadsheet, all of them or none. */
export function PasteAmounts({ onClose, onTake }: { onClose: () => void; onTake: (amounts: BudgetAmount[]) => void }) {
  const titleId = useId();
  const { getValues } = useFormContext<BudgetValues>();
  const { facts } = useLedgerView();
  const read = useReadAmounts();
  const year = facts.lastDay.slice(0, 4);
  const [text, setText] = useState('');
  const [first, setFirst] = useState(year === '' ? '' : `${Number(year) + 1}-01`);
  const apply = () =>
    read.mutate(
      { draft: { ...draftOf(getValues()), amounts: [], thresholds: [] }, text, first },
      {
        onSuccess: ({ amounts, problems }) => {
          if (problems.length === 0) onTake(amounts);
        },
      },
    );
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Paste amounts</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography sx={{ color: 'text.secondary' }}>Copy the cells in Excel and paste them here: a month and an amount in each row, months above amounts, or amounts alone.</Typography>
        <TextField
          multiline
          autoFocus
          minRows={6}
          maxRows={14}
          value={text}
          placeholder={'Jan 2027\t1,500.00\nFeb 2027\t1,500.00'}
          onChange={(event) => {
            read.reset();
            setText(event.target.value);
          }}
          slotProps={{ htmlInput: { 'aria-label': 'Copied cells', spellCheck: false } }}
        />
        <TextField size="small" label="First period, if only amounts are pasted" value={first} onChange={(event) => setFirst(event.target.value)} sx={{ maxWidth: 260 }} />
        {read.error && (
          <Typography role="alert" sx={{ color: 'error.main' }}>
            {read.error.message}
          </Typography>
        )}
        {read.data && read.data.problems.length > 0 && (
          <Box role="alert">
            <RowProblems what="No amounts were added" problems={read.data.problems} />
          </Box>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" disabled={text.trim() === ''} loading={read.isPending} onClick={apply}>
          Add amounts
        </Button>
      </DialogActions>
    </Dialog>
  );
}
