import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { unroundedMoney } from '../../../lib/money';
import type { ReconcileFigureDocument, ReconcileInvoiceDocument } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { useToast } from '../../../ui/toast';
import { describeBill } from '../model';
import { useDeleteFigure } from '../queries';

type DeleteFigureDialogProps = { figure: ReconcileFigureDocument; invoice: ReconcileInvoiceDocument; onClose: () => void };

/** Names what is lost before it is. */
export function DeleteFigureDialog({ figure: now, invoice, onClose }: DeleteFigureDialogProps) {
  // What somebody else enters meanwhile is read by the page, but is not what is shown here.
  const [figure] = useState(now);
  const remove = useDeleteFigure();
  const toast = useToast();
  const titleId = useId();
  const handleDeleted = () => {
    toast({ text: 'Invoice amount deleted.' });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Delete the amount of this invoice?</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary' }}>
          {unroundedMoney(figure.total, invoice.currency)}, its parts and its note for {describeBill(invoice)} are deleted. The ledger stays as it is.
        </Typography>
        {remove.error && !toAppError(remove.error).conflict && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {remove.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ id: figure.id, version: figure.version }, { onSuccess: handleDeleted })}>
          Delete the amount
        </Button>
      </DialogActions>
      <ChangeConflict what="this invoice amount" change={remove} onDone={(kept) => (kept ? onClose() : handleDeleted())} />
    </Dialog>
  );
}
