import Alert from '@mui/material/Alert';
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

import type { BillInfo, IngestTotal } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { billOf, describeBill } from '../../../lib/bill';
import { formatDay } from '../../../lib/days';
import { formatExport } from '../../../lib/fileFormat';
import { formatCount } from '../../../lib/money';
import { Amounts } from '../../../ui/bills/Amounts';
import { useToast } from '../../../ui/toast';
import { allExports, countedExports, currentVersions, exportLabel } from '../model';
import { useChooseExport } from '../queries';

type ChooseDialogProps = {
  info: BillInfo;
  /** The export to be used, "*" for all. */
  exportName: string;
  onClose: () => void;
};

type Row = { key: string; what: string; name: string; lines: number; lastDay: string; totals: IngestTotal[] };

function rowsOf(info: BillInfo, exportName: string): Row[] {
  const all = exportName === allExports;
  const wanted = currentVersions(info).filter((version) => all || version.export === exportName);
  const then = wanted.map((version): Row => ({ key: `${version.importId} ${version.export} ${version.part} ${version.state} ${version.replacedBy}`, what: 'After', name: formatExport(version.export, version.part), lines: version.lines, lastDay: version.lastDay, totals: version.totals }));
  return [{ key: 'now', what: 'Now', name: countedExports(info), lines: info.lines, lastDay: info.lastDay, totals: info.totals }, ...then];
}

/** Says what changes before another export of a bill is used, or all of them count. */
export function ChooseDialog({ info, exportName, onClose }: ChooseDialogProps) {
  const choose = useChooseExport();
  const nameOf = useBillingAccountNames();
  const toast = useToast();
  const titleId = useId();
  const all = exportName === allExports;
  const name = exportLabel(info, exportName);
  const handleConfirm = () =>
    choose.mutate(
      { bill: billOf(info), exportName },
      {
        onSuccess: () => {
          toast({ text: all ? 'All exports of the bill are counted now.' : `${name} is used for the bill now.` });
          onClose();
        },
      },
    );

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{all ? 'Count all exports?' : `Use ${name} for this bill?`}</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          <bdi>{describeBill(info, nameOf(info.billingAccount))}</bdi>. {all ? 'No export is excluded any more.' : 'The other export is kept and excluded from totals. You can use it again at any time.'}
        </Typography>
        {all && (
          <Alert severity="warning" sx={{ mt: 1.5, bgcolor: 'tone.warmBg', color: 'text.primary', fontSize: '0.8125rem', '& .MuiAlert-icon': { color: 'tone.warm' } }}>
            The costs of the exports are added. Do this only where they list different charges of the bill; otherwise its cost is doubled.
          </Alert>
        )}
        <Box sx={{ overflowX: 'auto', mt: 1.5 }} tabIndex={0} role="region" aria-label="What changes">
          <Table size="small" aria-label="What changes" sx={{ '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& td:last-of-type, & th:last-of-type': { pr: 0 } }}>
            <TableHead>
              <TableRow>
                <TableCell>
                  <Box component="span" sx={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
                    When
                  </Box>
                </TableCell>
                <TableCell>Export</TableCell>
                <TableCell align="right">Lines</TableCell>
                <TableCell align="right">Charges through</TableCell>
                <TableCell align="right">Billed</TableCell>
                <TableCell align="right">Effective</TableCell>
              </TableRow>
            </TableHead>
            <TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 } }}>
              {rowsOf(info, exportName).map((row) => (
                <TableRow key={row.key} sx={{ verticalAlign: 'top' }}>
                  <TableCell sx={{ color: 'text.secondary' }}>{row.what}</TableCell>
                  <TableCell sx={{ whiteSpace: 'normal' }}>{row.name}</TableCell>
                  <TableCell align="right">{formatCount(row.lines)}</TableCell>
                  <TableCell align="right">{formatDay(row.lastDay)}</TableCell>
                  <TableCell align="right">
                    <Amounts totals={row.totals} metric="BilledCost" />
                  </TableCell>
                  <TableCell align="right">
                    <Amounts totals={row.totals} metric="EffectiveCost" />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Box>
        {choose.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {choose.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" color={all ? 'warning' : 'primary'} loading={choose.isPending} onClick={handleConfirm}>
          {all ? 'Count all exports' : `Use ${name}`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
