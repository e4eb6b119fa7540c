import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { type Decimal } from '../queries';

type FiguresRefusedDialogProps = { message: string; onRead: (decimal: Decimal) => void; onClose: () => void };

/** Why a file of figures was not taken, and the two ways to read its amounts. */
export function FiguresRefusedDialog({ message, onRead, onClose }: FiguresRefusedDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>The figures were not taken</DialogTitle>
      <DialogContent>
        <Typography role="alert" sx={{ overflowWrap: 'anywhere' }}>
          {message}
        </Typography>
        <Typography sx={{ color: 'text.secondary', mt: 1.5 }}>If only the amounts are in doubt, say how the file writes one thousand two hundred and a half.</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => onRead('point')}>Read as 1,200.50</Button>
        <Button onClick={() => onRead('comma')}>Read as 1.200,50</Button>
        <Button variant="contained" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
