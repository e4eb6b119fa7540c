import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';

import { formatBytes, formatCounted } from '../../../lib/money';
import type { WorkspaceInfo } from '../../../lib/wire';

type TrashDialogProps = { workspace: WorkspaceInfo; busy: boolean; error: Error | null; onConfirm: () => void; onClose: () => void };

/** Names what goes to the trash before it goes. */
export function TrashDialog({ workspace, busy, error, onConfirm, onClose }: TrashDialogProps) {
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs">
      <DialogTitle>Move “{workspace.name}” to the trash?</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary' }}>
          Its {formatCounted(workspace.lines, 'charge line')} and the history of its imports ({formatBytes(workspace.sizeBytes)}) go to the trash of your
          system, where they can be restored until it is emptied. The billing files you imported stay where they are.
        </Typography>
        {error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="contained" color="error" disabled={busy} onClick={onConfirm}>
          Move to trash
        </Button>
      </DialogActions>
    </Dialog>
  );
}
