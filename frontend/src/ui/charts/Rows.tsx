import Box from '@mui/material/Box';

import type { ChartMark } from './ChartFrame';
import type { RowBars } from './barRows';

/** Bars that lie in rows of their own, so that names have room and every amount stands beside its bar. */
export function Rows({ rows: { bars, zero }, height, mark }: { rows: RowBars; height: number; mark: ChartMark }) {
  return (
    <Box sx={{ height, overflowY: 'auto', display: 'grid', gridTemplateColumns: 'minmax(7rem, max-content) minmax(3rem, 1fr) max-content', gridAutoRows: 'minmax(26px, max-content)', fontSize: '0.75rem' }}>
      {bars.map(({ id, label, from, to, color, text, strong }, at) => (
        <Box
          key={id}
          data-datum={at}
          sx={{ display: 'grid', gridTemplateColumns: 'subgrid', gridColumn: '1 / -1', alignItems: 'center', columnGap: 1.5, borderRadius: 1, fontWeight: strong ? 600 : 400, bgcolor: mark.active === at ? 'tone.selected' : undefined }}
        >
          <Box sx={{ maxWidth: '16rem', overflowWrap: 'anywhere', py: 0.25 }}>{label}</Box>
          <Box sx={{ position: 'relative', height: 14 }}>
            <Box sx={{ position: 'absolute', top: -6, bottom: -6, left: `${zero * 100}%`, width: '1px', bgcolor: 'divider' }} />
            <Box sx={{ position: 'absolute', top: 0, bottom: 0, left: `${from * 100}%`, width: `${(to - from) * 100}%`, minWidth: '1px', borderRadius: '2px', bgcolor: color, printColorAdjust: 'exact' }} />
          </Box>
          <Box sx={{ textAlign: 'right', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{text}</Box>
        </Box>
      ))}
    </Box>
  );
}
