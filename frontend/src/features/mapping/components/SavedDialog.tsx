import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';

import type { Mapping } from '../../../lib/wire';
import { SavedMappings } from './SavedMappings';

/** The saved mappings over a table, one of which may be the start for it. */
export function SavedDialog({ onUse, onClose }: { onUse: (mapping: Mapping) => void; onClose: () => void }) {
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Saved mappings</DialogTitle>
      <DialogContent>
        <SavedMappings onUse={onUse} />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
