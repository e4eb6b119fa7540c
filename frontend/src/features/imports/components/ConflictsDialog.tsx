import Box from '@mui/material/Box';
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

import { type ImportOutcome } from '../../../bridge/ports';
import { formatMonth } from '../../../lib/days';
import { fileName } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { type FlowState, tellReason } from '../model';
import { useStartImport } from '../queries';

type ConflictsDialogProps = { jobId: string; conflicts: ImportOutcome['conflicts']; flow: FlowState; onLeave: () => void };

const cell = { maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' };

/** The ledger already holds these months from other files: the person says which shall count. */
export function ConflictsDialog({ jobId, conflicts, flow, onLeave }: ConflictsDialogProps) {
  const start = useStartImport(flow, jobId);
  const titleId = useId();
  const startAgain = (overlap: 'replace' | 'add') => start.mutate({ planId: flow.planId, options: { strict: flow.strict, overlap, look: true } });
  const canStart = flow.planId !== '' && !start.isPending;

  return (
    <Dialog open onClose={onLeave} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>The ledger already holds {formatCounted(conflicts.length, 'of these months', 'of these months')}</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>
          Nothing was imported. If the new files are a newer version of the same bill, replace what is held. If they hold other charges of the same month, add both. Adding the same bill twice counts its cost
          twice.
        </Typography>
        <Box sx={{ maxHeight: 320, overflow: 'auto', border: 1, borderColor: 'divider', borderRadius: '8px' }} tabIndex={0} role="region" aria-label="Months held already">
          <Table size="small" stickyHeader aria-label="Months held already" sx={{ '& thead th': { bgcolor: 'background.paper' }, '& tbody tr:last-of-type td': { borderBottom: 0 } }}>
            <TableHead>
              <TableRow>
                <TableCell>Provider</TableCell>
                <TableCell>Account</TableCell>
                <TableCell>Month</TableCell>
                <TableCell>New file</TableCell>
                <TableCell>Held from</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {conflicts.map((conflict) => (
                <TableRow key={JSON.stringify(conflict)} title={conflict.reason}>
                  <TableCell>
                    <bdi>{conflict.provider}</bdi>
                  </TableCell>
                  <TableCell sx={cell}>
                    <bdi>{conflict.account}</bdi>
                  </TableCell>
                  <TableCell>{formatMonth(conflict.month)}</TableCell>
                  <TableCell sx={cell} title={conflict.file}>
                    <bdi>{fileName(conflict.file)}</bdi>
                  </TableCell>
                  <TableCell sx={cell} title={conflict.existingFile}>
                    <bdi>{fileName(conflict.existingFile)}</bdi>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
        {[...new Set(conflicts.map((conflict) => conflict.reason))].map((reason) => (
          <Typography key={reason} variant="body2" sx={{ color: 'text.secondary', mt: 1 }}>
            {tellReason(reason)}
          </Typography>
        ))}
        {start.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {start.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onLeave}>
          Leave as it is
        </Button>
        <Button variant="outlined" disabled={!canStart} onClick={() => startAgain('add')}>
          Add both
        </Button>
        <Button variant="contained" disabled={!canStart} onClick={() => startAgain('replace')}>
          Replace what is held
        </Button>
      </DialogActions>
    </Dialog>
  );
}
