import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { formatMonth } from '../../../lib/days';
import type { FiguresImport } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { describeInvoice } from '../model';

type ReplacedFiguresDialogProps = { done: FiguresImport; text: string; onClose: () => void };

/** The figures that a file put in the place of others. */
export function ReplacedFiguresDialog({ done, text, onClose }: ReplacedFiguresDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Figures imported</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 1.5 }}>{text}</Typography>
        <Table size="small" aria-label="Replaced figures">
          <TableHead>
            <TableRow>
              <TableCell align="right">Line</TableCell>
              <TableCell>Invoice</TableCell>
              <TableCell>Provider</TableCell>
              <TableCell>Month</TableCell>
              <TableCell align="right">Before</TableCell>
              <TableCell align="right">Now</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {done.replaced.map(({ line, key, before, now }) => (
              <TableRow key={line}>
                <TableCell align="right">{line}</TableCell>
                <TableCell>{describeInvoice(key)}</TableCell>
                <TableCell>{key.provider}</TableCell>
                <TableCell>{formatMonth(key.month)}</TableCell>
                <TableCell align="right">
                  <Money amount={before} currency={key.currency} />
                </TableCell>
                <TableCell align="right">
                  <Money amount={now} currency={key.currency} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
