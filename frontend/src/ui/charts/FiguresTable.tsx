import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { Money } from '../Money';
import { type Datum, type DatumPart, tableColumns } from './datum';

type FiguresTableProps = { label: string; data: Datum[]; currency: string; first: string };

function Figure({ part, currency }: { part: DatumPart | undefined; currency: string }) {
  if (part?.text !== undefined) return part.text;
  return part?.amount === null || part?.amount === undefined ? '–' : <Money amount={part.amount} currency={currency} />;
}

/** The figures of a chart as a table; `first` heads the column of labels. */
export function FiguresTable({ label, data, currency, first }: FiguresTableProps) {
  const columns = tableColumns(data);
  const totals = data.some(({ total }) => total !== undefined);
  const unit = currency === '' ? '' : `, ${currency}`;
  return (
    <Table size="small" stickyHeader aria-label={label}>
      <TableHead>
        <TableRow>
          <TableCell sx={{ pl: 0 }}>{first}</TableCell>
          {columns.map((column) => (
            <TableCell key={column.id} align="right">
              {totals ? column.label : `${column.label}${unit}`}
            </TableCell>
          ))}
          {totals && <TableCell align="right">Total{unit}</TableCell>}
        </TableRow>
      </TableHead>
      <TableBody>
        {data.map((datum) => (
          <TableRow key={datum.key}>
            <TableCell component="th" scope="row" sx={{ pl: 0 }} title={datum.note}>
              {datum.label}
              {datum.note === undefined ? '' : ` (${datum.note.split(':')[0]?.toLowerCase()})`}
            </TableCell>
            {columns.map(({ id }) => (
              <TableCell key={id} align="right">
                <Figure part={datum.parts.find((part) => part.id === id)} currency={currency} />
              </TableCell>
            ))}
            {totals && (
              <TableCell align="right" sx={{ fontWeight: 600 }}>
                {datum.total === null || datum.total === undefined ? '–' : <Money amount={datum.total} currency={currency} />}
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
