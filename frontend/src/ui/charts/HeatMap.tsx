import Box from '@mui/material/Box';

import { currencyDigits } from '../../lib/money';
import { ChartFrame, type ChartProps } from './ChartFrame';
import { type HeatColumn, heatData, heatOf, type HeatRow, ticksOf } from './heat';

type HeatMapProps = ChartProps & { rows: HeatRow[]; columns: HeatColumn[]; /** Heads the names of the cells. */ first: string; figure: string };

/** The stronger the colour the larger the amount beside the others of its row; a cell without one is empty. */
export function HeatMap({ rows, columns, first, figure, ...frame }: HeatMapProps) {
  const heat = heatOf(rows, currencyDigits(frame.currency));
  return (
    <ChartFrame {...frame} data={heatData(rows, columns, figure)} first={first}>
      {(width, mark) => (
        <Box sx={{ height: frame.height, display: 'grid', gap: columns.length > 40 ? '1px' : '2px', fontSize: '0.6875rem', gridTemplateColumns: `max-content repeat(${columns.length}, minmax(2px, 1fr))`, gridTemplateRows: `repeat(${rows.length}, minmax(10px, 1fr)) max-content` }}>
          {rows.map(({ id, label, amounts }, row) => (
            <Box key={id} sx={{ display: 'contents' }}>
              <Box sx={{ color: 'tone.ink3', pr: 1, alignSelf: 'center', whiteSpace: 'nowrap' }}>{label}</Box>
              {columns.map(({ label: name }, at) => {
                const strength = heat[row]?.[at] ?? null;
                const index = row * columns.length + at;
                const credit = amounts[at]?.startsWith('-') ?? false;
                const hue = credit ? 'var(--mui-palette-tone-cool)' : 'var(--mui-palette-primary-main)';
                return (
                  <div
                    key={name}
                    data-datum={index}
                    style={{
                      borderRadius: 2,
                      printColorAdjust: 'exact',
                      outline: mark.active === index ? '2px solid var(--mui-palette-text-primary)' : undefined,
                      background: strength === null ? undefined : `color-mix(in srgb, ${hue} ${Math.round(6 + strength * 94)}%, var(--mui-palette-background-paper))`,
                    }}
                  />
                );
              })}
            </Box>
          ))}
          <span />
          {ticksOf(columns, width).map(({ tick, label }) => (
            <Box key={label} sx={{ color: 'tone.ink3', textAlign: 'center', whiteSpace: 'nowrap', width: 0, justifySelf: 'center', display: 'flex', justifyContent: 'center' }}>
              {tick}
            </Box>
          ))}
        </Box>
      )}
    </ChartFrame>
  );
}
