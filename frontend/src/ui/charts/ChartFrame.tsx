import Box from '@mui/material/Box';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react';

import { formatMoney } from '../../lib/money';
import { ChartTooltip, tooltipBox } from './ChartTooltip';
import { type Datum, stepTo, shownParts } from './datum';
import { FiguresTable } from './FiguresTable';
import { Legend, type LegendEntry } from './Legend';
import { useSize } from './useSize';

/** What every chart takes. */
export type ChartProps = {
  /** Names the chart: what it shows, by what. */
  label: string;
  /** The currency of all amounts; empty where the chart shows no money. */
  currency: string;
  height: number;
  /** A click or Enter on a datum; `y` is the height of the click above the lower edge of the drawing in px, null by key. */
  onPick?: (datum: number, y: number | null) => void;
  /** A stretch from one datum to another, both inclusive, was marked with the pointer or Shift and the arrow keys. */
  onSpan?: (from: number, to: number) => void;
  /** Shows the figures in place of the drawing. */
  asTable?: boolean;
  /** Why there is nothing to draw. */
  problem?: string;
};

type ChartFrameProps = ChartProps & {
  data: Datum[];
  /** Heads the names of the data in the table: "Time", "Team". */
  first: string;
  legend?: LegendEntry[];
  /** Newest first in the table, as everywhere. */
  newestFirst?: boolean;
  /** Draws into a place of this width. What stands for a datum carries its number as `data-datum`. */
  children: (width: number, mark: ChartMark) => ReactNode;
};

/** What the drawing marks: the datum that is looked at and the stretch being chosen. */
export type ChartMark = { active: number | null; span: { from: number; to: number } | null };

type Mark = { active: number; from: number | null } | null;

/** Said by a screen reader, not seen. */
const heardOnly = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' } as const;

function datumAt(target: EventTarget): number | null {
  const marked = target instanceof Element ? target.closest('[data-datum]') : null;
  return marked === null ? null : Number(marked.getAttribute('data-datum'));
}

function describeDatum(datum: Datum, currency: string): string {
  const amounts = shownParts(datum).map(({ label, text, amount }) => `${label} ${text ?? formatMoney(amount ?? null, currency)}`);
  const total = datum.total === undefined || datum.total === null ? [] : [`Total ${formatMoney(datum.total, currency)}`];
  return [datum.label, ...total, ...amounts, ...(datum.note === undefined ? [] : [datum.note])].join(', ');
}

/** What the pointer can do with a datum. */
function hintOf(onPick: unknown, onSpan: unknown): string {
  if (!onPick) return '';
  return onSpan ? 'Click to show this only, drag for a span' : 'Click to filter';
}

/** Where the tooltip stands: beside its datum, on the side that has room. */
function placeOf(frame: HTMLElement | null, active: number) {
  const mark = frame?.querySelector(`[data-datum="${active}"]`)?.getBoundingClientRect();
  if (!frame || !mark) return null;
  const own = frame.getBoundingClientRect();
  const left = mark.left - own.left;
  const right = mark.right - own.left;
  const top = Math.max(0, Math.min(mark.top - own.top, own.height * 0.45));
  return (left + right) / 2 < own.width / 2 ? { left: Math.min(right + 8, own.width * 0.6), top } : { right: Math.min(own.width - left + 8, own.width * 0.6), top };
}

/**
 * What all charts have in common: legend, tooltip, keyboard, pointer, a table for whoever cannot see the drawing, and the
 * states without one. The drawing is only given its width; it never handles an event.
 */
export function ChartFrame({ label, currency, height, data, first, legend, newestFirst = false, onPick, onSpan, asTable = false, problem, children }: ChartFrameProps) {
  const { element, setElement, width } = useSize();
  const [mark, setMark] = useState<Mark>(null);
  const active = mark !== null && mark.active < data.length ? mark.active : null;
  const shown = active === null ? undefined : data[active];
  const place = active === null ? null : placeOf(element, active);
  const rows = newestFirst ? [...data].reverse() : data;
  const from = mark?.from ?? null;
  const span = from !== null && active !== null && from !== active ? { from: Math.min(from, active), to: Math.max(from, active) } : null;
  const [spanFrom, spanTo] = [span?.from ?? null, span?.to ?? null];

  // The pointer may leave the chart before a span ends.
  useEffect(() => {
    if (spanFrom === null || spanTo === null) return;
    const end = ({ target }: globalThis.PointerEvent) => {
      if (target instanceof Node && element?.contains(target) && datumAt(target) !== null) return;
      onSpan?.(spanFrom, spanTo);
      setMark(null);
    };
    window.addEventListener('pointerup', end);
    return () => window.removeEventListener('pointerup', end);
  }, [element, spanFrom, spanTo, onSpan]);

  if (problem !== undefined || data.length === 0) {
    return (
      <Box role={problem === undefined ? 'status' : 'alert'} aria-label={label} sx={{ height, mt: 1, display: 'grid', placeItems: 'center', textAlign: 'center', color: 'text.secondary', px: 2 }}>
        {problem ?? 'Nothing to show for this selection'}
      </Box>
    );
  }
  if (asTable) {
    return (
      <Box tabIndex={0} role="region" aria-label={label} sx={{ height, overflow: 'auto', mt: 1 }}>
        <FiguresTable label={label} data={rows} currency={currency} first={first} />
      </Box>
    );
  }

  const finish = (begin: number | null, to: number, y: number | null) => {
    if (begin !== null && begin !== to) onSpan?.(Math.min(begin, to), Math.max(begin, to));
    else onPick?.(to, y);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const next = stepTo(event.key, active, data.length);
    if (next !== null) setMark({ active: next, from: event.shiftKey && onSpan ? (mark?.from ?? active ?? next) : null });
    else if ((event.key === 'Enter' || event.key === ' ') && active !== null) finish(mark?.from ?? null, active, null);
    else if (event.key === 'Escape' && mark !== null) setMark(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handleMove = (event: PointerEvent) => {
    const at = datumAt(event.target);
    if (at === null) return;
    if (at !== mark?.active) setMark({ active: at, from: event.buttons === 1 ? (mark?.from ?? null) : null });
  };
  const handleDown = (event: PointerEvent) => {
    const at = datumAt(event.target);
    if (at !== null && event.button === 0) setMark({ active: at, from: onSpan ? at : null });
  };
  const handleUp = (event: PointerEvent) => {
    const at = datumAt(event.target);
    if (at === null || event.button !== 0) return;
    finish(mark?.from ?? null, at, (element?.getBoundingClientRect().bottom ?? event.clientY) - event.clientY);
    setMark({ active: at, from: null });
  };

  const spanned = span === null ? '' : `${data[span.from]?.label ?? ''} – ${data[span.to]?.label ?? ''}`;
  return (
    <Box role="figure" aria-label={label} sx={{ '@media print': { breakInside: 'avoid', printColorAdjust: 'exact' } }}>
      {legend && legend.length > 1 && <Legend entries={legend} />}
      <Box
        ref={setElement}
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${label}. Arrow keys move from one figure to the next${onPick ? ', Enter filters' : ''}${onSpan ? ', Shift and arrow keys mark a span' : ''}.`}
        onKeyDown={handleKeyDown}
        onBlur={() => setMark(null)}
        onPointerMove={handleMove}
        onPointerDown={handleDown}
        onPointerUp={handleUp}
        onPointerLeave={() => setMark(from === null ? null : mark)}
        sx={{
          position: 'relative',
          height,
          mt: 1,
          userSelect: 'none',
          '& [data-datum]': { cursor: onPick ? 'pointer' : undefined },
          '& svg': { display: 'block', overflow: 'visible' },
        }}
      >
        {children(width, { active, span })}
        {shown !== undefined && place !== null && (
          <Box aria-hidden sx={{ position: 'absolute', zIndex: 5, pointerEvents: 'none', ...place }}>
            {span === null ? <ChartTooltip datum={shown} currency={currency} hint={hintOf(onPick, onSpan)} /> : <Box sx={tooltipBox}>{spanned}</Box>}
          </Box>
        )}
      </Box>
      <Box role="status" sx={heardOnly}>
        {shown === undefined ? '' : span === null ? describeDatum(shown, currency) : spanned}
      </Box>
    </Box>
  );
}
