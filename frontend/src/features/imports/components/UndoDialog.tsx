import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { describeFiles } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import type { ImportInfo } from '../../../lib/wire';
import { useToast } from '../../../ui/toast';
import { describeMonths } from '../model';
import { useUndoImport } from '../queries';

/** Names what is removed from the totals before it is. */
export function UndoDialog({ info, onClose }: { info: ImportInfo; onClose: () => void }) {
  const undo = useUndoImport();
  const toast = useToast();
  const titleId = useId();
  const files = describeFiles(info.files.map((file) => file.path));
  const handleConfirm = () =>
    undo.mutate(info.id, {
      onSuccess: () => {
        toast({ text: `The import of ${files} was undone.` });
        onClose();
      },
    });

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Undo the import of {files}?</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary' }}>
          {formatCounted(info.lines, 'charge line')}
          {info.providers.length > 0 && ` of ${info.providers.join(', ')}`}
          {info.periods.length > 0 && `, ${describeMonths(info.periods)},`}{' '}
          {info.state === 'excluded' ? 'are removed from the workspace. They are not counted, so totals do not change.' : 'are removed from the workspace and from all totals.'} The files themselves are not touched and can be
          imported again.
        </Typography>
        {undo.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {undo.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" color="error" loading={undo.isPending} onClick={handleConfirm}>
          Undo the import
        </Button>
      </DialogActions>
    </Dialog>
  );
}
