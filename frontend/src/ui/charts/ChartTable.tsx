import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { Money } from '../Money';
import type { ChartPoint, ChartSeries } from './model';

type ChartTableProps = { label: string; points: ChartPoint[]; series: ChartSeries[]; currency: string; height: number };

/** The figures of a chart, the newest on top. */
export function ChartTable({ label, points, series, currency, height }: ChartTableProps) {
  return (
    <Box tabIndex={0} role="region" aria-label={label} sx={{ height, overflow: 'auto', mt: 1 }}>
      <Table size="small" stickyHeader aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }}>Time</TableCell>
            {series.map((one) => (
              <TableCell key={one.id} align="right">
                {one.label}
              </TableCell>
            ))}
            <TableCell align="right">Total, {currency}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {[...points].reverse().map((point) => (
            <TableRow key={point.time}>
              <TableCell sx={{ pl: 0 }} title={point.incomplete === undefined ? undefined : `Incomplete: ${point.incomplete}`}>
                {point.label}
                {point.incomplete === undefined ? '' : ' (incomplete)'}
              </TableCell>
              {series.map((one, at) => (
                <TableCell key={one.id} align="right">
                  {point.amounts[at] === null || point.amounts[at] === undefined ? '–' : <Money amount={point.amounts[at]} currency={currency} />}
                </TableCell>
              ))}
              <TableCell align="right" sx={{ fontWeight: 600 }}>
                {point.total === null ? '–' : <Money amount={point.total} currency={currency} />}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
