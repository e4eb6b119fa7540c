import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { fileName } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { useToast } from '../../../ui/toast';
import { useChooseBudgets, useImportBudgets } from '../queries';
import { RowProblems } from './RowProblems';

/** Reads budgets from a file, all of them or none: rows that are wrong are listed, and names that are taken are asked about. */
export function ImportBudgets({ onClose }: { onClose: () => void }) {
  const titleId = useId();
  const toast = useToast();
  const choose = useChooseBudgets();
  const bring = useImportBudgets();
  const [path, setPath] = useState('');
  const [reason, setReason] = useState('');
  const taken = bring.data?.taken ?? [];
  const run = (replace: boolean) =>
    bring.mutate(
      { path, replace, reason },
      {
        onSuccess: ({ imported }) => {
          if (imported === 0) return;
          toast({ text: `Imported ${formatCounted(imported, 'budget')}.` });
          onClose();
        },
      },
    );
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Import budgets</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, alignItems: 'flex-start' }}>
        <Typography sx={{ color: 'text.secondary' }}>
          A CSV file or an Excel workbook whose first row is name, scope, metric, currency, period, amount. Rows of one name are one budget; scope is the name of a scope, a filter, or empty for all charges. All budgets are
          imported, or none.
        </Typography>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
          <Button
            variant={path === '' ? 'contained' : 'outlined'}
            loading={choose.isPending}
            onClick={() =>
              choose.mutate(undefined, {
                onSuccess: (chosen) => {
                  if (chosen === '') return;
                  bring.reset();
                  setPath(chosen);
                },
              })
            }
          >
            Choose file
          </Button>
          {path !== '' && <Typography sx={{ overflowWrap: 'anywhere' }}>{fileName(path)}</Typography>}
        </Box>
        <TextField size="small" fullWidth label="Reason" helperText="Stored with the budgets" value={reason} onChange={(event) => setReason(event.target.value)} />
        <Box role="alert" sx={{ width: '100%' }}>
          {bring.error && <Typography sx={{ color: 'error.main' }}>{bring.error.message}</Typography>}
          {bring.data && bring.data.problems.length > 0 && <RowProblems what="Nothing was imported" problems={bring.data.problems} />}
          {taken.length > 0 && (
            <Typography>
              There {taken.length === 1 ? 'is a budget' : 'are budgets'} of {taken.length === 1 ? 'this name' : 'these names'} already: {taken.slice(0, 5).join(', ')}
              {taken.length > 5 ? ` and ${taken.length - 5} more` : ''}. Nothing was imported. Replacing keeps the current version of each in its history.
            </Typography>
          )}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" disabled={path === ''} loading={bring.isPending} onClick={() => run(taken.length > 0)}>
          {taken.length > 0 ? `Replace ${formatCounted(taken.length, 'budget')}` : 'Import'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
