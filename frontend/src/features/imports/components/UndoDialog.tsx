import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { describeFiles, fileNames } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { useToast } from '../../../ui/toast';
import { describeMonths, type Undoing } from '../model';
import { useUndo } from '../queries';

/** Names what is removed from the totals before it is: an import, or one file of it. */
export function UndoDialog({ undoing, onClose }: { undoing: Undoing; onClose: () => void }) {
  const { info, file } = undoing;
  const undo = useUndo();
  const toast = useToast();
  const titleId = useId();
  const paths = info.files.map(({ file: path }) => path);
  const files = file ? fileNames(paths)(file.file) : describeFiles(paths);
  const handleConfirm = () =>
    undo.mutate(undoing, {
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
          {file ? (
            `${formatCounted(file.lines, 'charge line')} of this file no longer count in any total. The other files of the import stay.`
          ) : (
            <>
              {formatCounted(info.lines, 'charge line')}
              {info.providers.length > 0 && ` of ${info.providers.join(', ')}`}
              {info.periods.length > 0 && `, ${describeMonths(info.periods)},`}{' '}
              {info.state === 'excluded' ? 'are removed from the workspace. They are not counted, so totals do not change.' : 'are removed from the workspace and from all totals.'}
            </>
          )}{' '}
          {file ? 'The file itself is not touched and can be imported again.' : 'The files themselves are not touched and can be imported again.'}
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
          {file ? 'Undo the file' : 'Undo the import'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
