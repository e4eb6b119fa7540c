import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';

import type { DimensionPreview, LinesAndCost } from '../../../lib/wire';
import { describeNamedAccount } from '../../../lib/accountNames';
import { formatCount } from '../../../lib/money';
import { formatShareOfCost } from '../../../lib/percent';
import { useValueNames } from '../../../parts/accountNames';
import { ColumnPicker } from '../../../parts/ColumnPicker';
import { useColumns } from '../../../parts/columns';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { columnLabel, noValueLabel } from '../../../ui/columnLabel';
import { Money } from '../../../ui/Money';
import { leftOverTable } from '../model';

type LeftOverProps = {
  preview: DimensionPreview;
  /** The value of what no rule matches; "" = none. */
  value: string;
  currency: string;
  leftBy: string;
  onLeftBy: (column: string) => void;
};

/** What no rule matches, with the largest values of one column in it. */
export function LeftOver({ preview: { left, largest, total, missing }, value, currency, leftBy, onLeftBy }: LeftOverProps) {
  const nameOf = useValueNames();
  const columns = useColumns({ virtual: false });
  const cells = ({ lines, amount }: LinesAndCost) => (
    <>
      <TableCell align="right">{formatCount(lines)}</TableCell>
      <TableCell align="right">
        <Money amount={amount} currency={currency} />
      </TableCell>
      <TableCell align="right">{formatShareOfCost(amount, total.amount, currency)}</TableCell>
    </>
  );
  return (
    <Card
      title="Charges without a matching rule"
      sub={value === '' ? 'They have no value' : `They have the default value “${value}”`}
      actions={
        <>
          <ExportTable of="charges without a rule" table={() => leftOverTable({ left, largest, total }, leftBy, currency, nameOf)} />
          <Box sx={{ width: 220 }}>
            <ColumnPicker label="Largest by" value={leftBy} columns={columns} onChange={onLeftBy} />
          </Box>
        </>
      }
    >
      {missing.length > 0 && (
        <Typography role="note" sx={{ color: 'tone.warm', mt: 1 }}>
          The imported files have no {missing.join(', ')}: rules that use it see no value.
        </Typography>
      )}
      <Table size="small" aria-label="Charges without a matching rule" sx={{ mt: 0.5, maxWidth: 760 }}>
        <TableHead>
          <TableRow>
            <TableCell>{columnLabel(leftBy)}</TableCell>
            <TableCell align="right">Lines</TableCell>
            <TableCell align="right">{currency}</TableCell>
            <TableCell align="right">Share of all</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {largest.map((one) => (
            <TableRow key={JSON.stringify(one.value)}>
              <TableCell>{one.value === null ? noValueLabel(leftBy) : describeNamedAccount(one.value, nameOf(leftBy, one.value))}</TableCell>
              {cells(one)}
            </TableRow>
          ))}
          <TableRow sx={{ '& td': { fontWeight: 600 } }}>
            <TableCell>No matching rule</TableCell>
            {cells(left)}
          </TableRow>
          <TableRow sx={{ '& td': { fontWeight: 600 } }}>
            <TableCell>All charges</TableCell>
            {cells(total)}
          </TableRow>
        </TableBody>
      </Table>
    </Card>
  );
}
