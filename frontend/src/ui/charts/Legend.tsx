import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';

import type { ChartSeries } from './model';

type LegendProps = { entries: { series: ChartSeries; note: string | null }[]; onPick: (series: number) => void };

/** Names the colours of a chart; each name filters by its thing, as the bars do. */
export function Legend({ entries, onPick }: LegendProps) {
  return (
    <Box role="group" aria-label="Legend: filter by" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, rowGap: 0.25, mt: 0.75 }}>
      {entries.map(({ series, note }, at) => (
        <ButtonBase key={series.id} title={`Show only ${series.label}`} onClick={() => onPick(at)} sx={{ gap: 0.625, fontSize: '0.75rem', fontWeight: 500, color: 'text.secondary', borderRadius: 1, '&:hover': { color: 'text.primary' } }}>
          <Box sx={{ width: 9, height: 9, borderRadius: '2px', bgcolor: series.color }} />
          {series.label}
          {note !== null && <Box component="span" sx={{ color: 'text.disabled', fontWeight: 400 }}>{note}</Box>}
        </ButtonBase>
      ))}
    </Box>
  );
}
