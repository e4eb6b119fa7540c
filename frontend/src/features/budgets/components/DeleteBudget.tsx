import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { ChangeConflict } from '../../../parts/ChangeConflict';
import { useDeleteBudget } from '../queries';

/** Asks once before a budget goes. */
export function DeleteBudget({ name, version, onClose, onDeleted }: { name: string; version: number; onClose: () => void; onDeleted: () => void }) {
  const titleId = useId();
  const [seen] = useState(version);
  const remove = useDeleteBudget();
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Delete the budget {name}?</DialogTitle>
      <DialogContent>
        <Typography>Its amounts and all its versions go. The alerts that it raised stay, and so do budgets that are parts of it.</Typography>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ name, version: seen }, { onSuccess: onDeleted })}>
          Delete
        </Button>
      </DialogActions>
      <ChangeConflict what={`the budget ${name}`} change={remove} onDone={(kept) => (kept ? onClose() : onDeleted())} />
    </Dialog>
  );
}
