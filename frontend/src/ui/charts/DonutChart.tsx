import Box from '@mui/material/Box';
import { Sector } from 'recharts';

import { formatMoney } from '../../lib/money';
import { ChartFrame, type ChartProps } from './ChartFrame';
import { arcs, drawnSlices, sliceData, type Slice } from './slices';

type DonutChartProps = ChartProps & {
  /** Heads the names of the slices. */
  first: string;
  figure: string;
  slices: Slice[];
  /** The ledger's own sum of the slices. */
  total: string;
};

/** A whole and its few parts, with the whole in the middle and the names beside. */
export function DonutChart({ first, figure, slices, total, ...frame }: DonutChartProps) {
  const { height, currency } = frame;
  const drawn = drawnSlices(slices);
  const middle = height / 2;
  return (
    <ChartFrame {...frame} data={sliceData(slices, total, figure)} first={first}>
      {(_width, mark) => (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, height }}>
          <Box sx={{ position: 'relative', flex: 'none', width: height, height }}>
            <svg width={height} height={height} aria-hidden>
              {arcs(drawn).map(({ slice, start, end }) => (
                <g key={slice.id} data-datum={slice.index} opacity={mark.active === null || mark.active === slice.index ? 1 : 0.45}>
                  <Sector cx={middle} cy={middle} innerRadius={middle * 0.62} outerRadius={middle - 2} startAngle={start} endAngle={end} fill={slice.color} stroke="var(--mui-palette-background-paper)" strokeWidth={1.5} />
                </g>
              ))}
            </svg>
            <Box sx={{ position: 'absolute', inset: 0, display: 'grid', placeContent: 'center', textAlign: 'center', pointerEvents: 'none' }}>
              <Box sx={{ fontWeight: 620, fontVariantNumeric: 'tabular-nums', fontSize: formatMoney(total, currency).length > 12 ? '0.75rem' : '0.9375rem' }}>{formatMoney(total, currency)}</Box>
              <Box sx={{ fontSize: '0.6875rem', color: 'text.disabled' }}>{currency}</Box>
            </Box>
          </Box>
          <Box sx={{ minWidth: 0, fontSize: '0.75rem', maxHeight: height, overflowY: 'auto' }}>
            {slices.map(({ id, label, color }, at) => (
              <Box key={id} data-datum={at} sx={{ display: 'flex', gap: 0.75, alignItems: 'center', py: '2px', px: 0.5, borderRadius: 1, bgcolor: mark.active === at ? 'tone.selected' : undefined }}>
                <Box sx={{ width: 9, height: 9, flex: 'none', borderRadius: '2px', bgcolor: color, printColorAdjust: 'exact' }} />
                <Box sx={{ overflowWrap: 'anywhere' }}>{label}</Box>
              </Box>
            ))}
          </Box>
        </Box>
      )}
    </ChartFrame>
  );
}
