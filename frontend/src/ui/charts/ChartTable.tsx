import Box from '@mui/material/Box';

import { FiguresTable } from './FiguresTable';
import { dataOf, type ChartPoint, type ChartSeries } from './model';

type ChartTableProps = { label: string; points: ChartPoint[]; series: ChartSeries[]; currency: string; height: number };

/** The figures of a chart over time, the newest on top. */
export function ChartTable({ label, points, series, currency, height }: ChartTableProps) {
  return (
    <Box tabIndex={0} role="region" aria-label={label} sx={{ height, overflow: 'auto', mt: 1 }}>
      <FiguresTable label={label} data={dataOf(points, series).reverse()} currency={currency} first="Time" />
    </Box>
  );
}
