import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';

import type { ChartSeries } from './model';

export type LegendEntry = { series: ChartSeries; note: string | null };

type LegendProps = {
  entries: LegendEntry[];
  /** Filters by the thing at this place, where the chart can. */
  onPick?: (at: number) => void;
};

const entry = { gap: 0.625, fontSize: '0.75rem', fontWeight: 500, color: 'text.secondary', borderRadius: 1, display: 'inline-flex', alignItems: 'center', minHeight: 24 };

/** Names the colours of a chart. */
export function Legend({ entries, onPick }: LegendProps) {
  const content = ({ series, note }: LegendEntry) => (
    <>
      <Box sx={{ width: 9, height: 9, borderRadius: '2px', bgcolor: series.color, printColorAdjust: 'exact' }} />
      {series.label}
      {note !== null && <Box component="span" sx={{ color: 'text.disabled', fontWeight: 400 }}>{note}</Box>}
    </>
  );
  return (
    <Box role="group" aria-label={onPick ? 'Legend: filter by' : 'Legend'} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5, rowGap: 0.25, mt: 0.75 }}>
      {entries.map((one, at) =>
        onPick ? (
          <ButtonBase key={one.series.id} title={`Show only ${one.series.label}`} onClick={() => onPick(at)} sx={{ ...entry, '&:hover': { color: 'text.primary' } }}>
            {content(one)}
          </ButtonBase>
        ) : (
          <Box key={one.series.id} sx={entry}>
            {content(one)}
          </Box>
        ),
      )}
    </Box>
  );
}
