import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import type { ImportOutcome } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { formatMonth } from '../../../lib/days';
import { formatCount } from '../../../lib/money';
import { AccountLabel } from '../../../ui/AccountLabel';
import { Card } from '../../../ui/Card';

/** The months whose lines were replaced by newer ones. */
export function ReplacedTable({ replaced }: { replaced: ImportOutcome['replaced'] }) {
  const nameOf = useBillingAccountNames();
  return (
    <Card title="Replaced" sub="Newer files are used in place of these bills">
      <Table size="small" sx={{ mt: 0.5 }}>
        <TableHead>
          <TableRow>
            <TableCell>Provider</TableCell>
            <TableCell>Account</TableCell>
            <TableCell>Month</TableCell>
            <TableCell align="right">Lines before</TableCell>
            <TableCell align="right">Lines now</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {replaced.map((row) => (
            <TableRow key={`${row.provider} ${row.billingAccount} ${row.month}`}>
              <TableCell>
                <bdi>{row.provider}</bdi>
              </TableCell>
              <TableCell>
                <AccountLabel account={row.billingAccount} name={nameOf(row.billingAccount)} />
              </TableCell>
              <TableCell>{formatMonth(row.month)}</TableCell>
              <TableCell align="right">{formatCount(row.linesBefore)}</TableCell>
              <TableCell align="right">{formatCount(row.linesNow)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
