import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import type { ConnectionInfo } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { useRemoveConnection } from '../queries';

/** Asks once before a connection goes. */
export function RemoveConnection({ connection: { name, version, secrets }, onClose }: { connection: ConnectionInfo; onClose: () => void }) {
  const titleId = useId();
  const remove = useRemoveConnection();
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Remove the connection {name}?</DialogTitle>
      <DialogContent>
        <Typography>
          {secrets.length > 0 ? 'Its settings are deleted, and its passwords and keys are removed from the keychain.' : 'Its settings are deleted.'} The bills that it brought in stay.
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ name, version }, { onSuccess: onClose })}>
          Remove
        </Button>
      </DialogActions>
      <ChangeConflict what={`the connection ${name}`} change={remove} onDone={onClose} />
    </Dialog>
  );
}
