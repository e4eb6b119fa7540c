import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { Money } from '../Money';
import { sortedParts, type ChartPoint, type ChartSeries } from './model';

type ChartTooltipProps = { point: ChartPoint; series: ChartSeries[]; currency: string };

/** All parts of one bar, sorted, with their total. */
export function ChartTooltip({ point, series, currency }: ChartTooltipProps) {
  return (
    <Box sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '8px', boxShadow: '0 8px 24px rgb(0 0 0 / 14%)', px: 1.5, py: 1, minWidth: 210, maxWidth: 320, fontSize: '0.75rem' }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 3, mb: 0.5 }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {point.label}
        </Typography>
        <Typography variant="body2" sx={{ color: 'text.disabled' }}>
          {currency}
        </Typography>
      </Box>
      {sortedParts(point, series).map(({ series: one, amount }) => (
        <Box key={one.id} sx={{ display: 'flex', gap: 1, alignItems: 'center', py: '2px' }}>
          <Box sx={{ width: 9, height: 9, borderRadius: '2px', bgcolor: one.color, flex: 'none' }} />
          <Box sx={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', color: 'text.secondary' }}>{one.label}</Box>
          <Money amount={amount} currency={currency} />
        </Box>
      ))}
      <Box sx={{ display: 'flex', justifyContent: 'space-between', borderTop: 1, borderColor: 'tone.line2', mt: 0.5, pt: 0.5, fontWeight: 600 }}>
        <span>Total</span>
        {point.total === null ? <span>no charges</span> : <Money amount={point.total} currency={currency} />}
      </Box>
      {point.incomplete !== undefined && <Box sx={{ color: 'tone.warm', mt: 0.5, textTransform: 'none' }}>Incomplete: {point.incomplete}</Box>}
    </Box>
  );
}
