import Box from '@mui/material/Box';

import { axisLabels, LETTER } from './axis';
import type { ChartMark } from './ChartFrame';
import { incompleteRuns, type Run } from './model';
import { plot } from './plot';

/** Of a column: what stands under it, and why it is not complete. */
export type Column = { time: string; tick: string; incomplete?: string; empty?: boolean; emptyText?: string };

type ColumnsProps = { columns: Column[]; width: number; mark: ChartMark };

const hatch = 'repeating-linear-gradient(-45deg, var(--mui-palette-tone-hatch) 0 2px, color-mix(in srgb, var(--mui-palette-background-paper) 55%, transparent) 2px 7px)';
/** Where there is no data, nothing is drawn over: a pale ground, not stripes. */
const blank = 'color-mix(in srgb, var(--mui-palette-tone-hatch) 22%, transparent)';
const mixed = (share: number) => `color-mix(in srgb, var(--mui-palette-text-primary) ${share}%, transparent)`;
const shifts = { start: 0, center: '-50%', end: '-100%' };

/** The words over a run, as far as they have room, and where they stand: at the end of the run that is nearer to an edge. */
function captionOf({ from, to, text, empty }: Run, count: number, width: number) {
  const whole = empty ? text : `incomplete: ${text}`;
  const caption = whole.length * LETTER <= width ? whole : (whole.split(':')[0] ?? '');
  return from + to >= count - 1 ? { caption, place: { right: `${((count - 1 - to) / count) * 100}%` } } : { caption, place: { left: `${(from / count) * 100}%` } };
}

/** Over the drawing, one column for each datum: the whole of it is what the pointer hits. Below them the axis. */
export function Columns({ columns, width, mark: { active, span } }: ColumnsProps) {
  const inner = width - plot.left - plot.right;
  const share = 100 / columns.length;
  const runs = incompleteRuns(columns);
  const last = runs.at(-1);
  const caption = last && captionOf(last, columns.length, inner);
  const marked = (at: number) => (span ? at >= span.from && at <= span.to : at === active);
  return (
    <>
      <Box sx={{ position: 'absolute', left: plot.left, right: plot.right, top: plot.top, bottom: plot.bottom, display: 'flex' }}>
        {columns.map(({ time }, at) => (
          <div key={time} data-datum={at} style={{ flex: 1, background: marked(at) ? mixed(span ? 12 : 7) : undefined }} />
        ))}
        {runs.map(({ from, to, empty }) => (
          <div key={from} style={{ position: 'absolute', inset: 0, left: `${from * share}%`, width: `${(to - from + 1) * share}%`, background: empty ? blank : hatch, pointerEvents: 'none', printColorAdjust: 'exact' }} />
        ))}
        {caption && (
          <Box sx={{ position: 'absolute', top: -plot.top, whiteSpace: 'nowrap', fontSize: '0.6875rem', color: 'tone.ink3', pointerEvents: 'none' }} style={caption.place}>
            {caption.caption}
          </Box>
        )}
      </Box>
      <Box aria-hidden sx={{ position: 'absolute', left: plot.left, right: plot.right, bottom: 0, height: plot.bottom - 6, fontSize: '0.6875rem', lineHeight: 1.3, color: 'tone.ink3', pointerEvents: 'none' }}>
        {axisLabels(columns, inner).map(({ index, text, year, align }) => (
          <Box
            key={index}
            sx={{ position: 'absolute', whiteSpace: 'nowrap', textAlign: align }}
            style={{ left: align === 'start' ? 0 : align === 'end' ? '100%' : `${(index + 0.5) * share}%`, transform: `translateX(${shifts[align]})` }}
          >
            {text}
            {year !== null && <Box sx={{ fontWeight: 600 }}>{year}</Box>}
          </Box>
        ))}
      </Box>
    </>
  );
}
