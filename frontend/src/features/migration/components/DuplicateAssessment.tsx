import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { type FormEvent, useId, useState } from 'react';

import { useDuplicate } from '../queries';

/** Asks for the name of a copy. */
export function DuplicateAssessment({ name, onClose }: { name: string; onClose: () => void }) {
  const titleId = useId();
  const [as, setAs] = useState(`${name} copy`);
  const duplicate = useDuplicate();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    duplicate.mutate({ name, as: as.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={titleId}>Duplicate {name}</DialogTitle>
        <DialogContent>
          <TextField autoFocus fullWidth size="small" label="Name of the copy" value={as} error={duplicate.error !== null} helperText={duplicate.error?.message ?? 'It has the same profile; results and tasks stay with the first one'} onChange={(event) => setAs(event.target.value)} sx={{ mt: 1 }} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" disabled={as.trim() === ''} loading={duplicate.isPending}>
            Duplicate
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
