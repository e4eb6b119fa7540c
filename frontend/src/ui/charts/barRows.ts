import { add, sign, toMark } from '../../lib/decimal';
import { formatMoney } from '../../lib/money';
import type { Datum } from './datum';

/** A bar of its own row. */
export type BarRow = { id: string; label: string; amount: string | null; color: string; note?: string };

/** A range that a figure may take, from the low case to the high one. */
export type RangeRow = { id: string; label: string; low: string; high: string; color: string };

/** A step of a waterfall: a level the ledger knows, or a change that leads to the next one. */
export type WaterfallStep = { id: string; label: string; kind: 'level' | 'change'; amount: string };

/** Where a bar lies, as shares of the width from 0 to 1, and what is written beside it. */
export type RowBar = { id: string; label: string; from: number; to: number; color: string; text: string; strong?: boolean };

/** Rows with the place of zero as a share of the width. */
export type RowBars = { bars: RowBar[]; zero: number };

type Placed = Omit<RowBar, 'from' | 'to'> & { from: string | null; to: string | null };

/** The one place where the amounts of rows become places on the screen. Bars whose length is the figure include zero; those that lie between two figures need not. */
function placeRows(rows: Placed[], withZero = true): RowBars {
  const values = [...rows.flatMap(({ from, to }) => [toMark(from), toMark(to)]), ...(withZero ? [0] : [])];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  const share = (value: string | null) => (toMark(value) - low) / span;
  return {
    zero: Math.min(1, Math.max(0, share('0'))),
    bars: rows.map((row) => {
      const [from, to] = [share(row.from), share(row.to)];
      return { ...row, from: Math.min(from, to), to: Math.max(from, to) };
    }),
  };
}

/** Bars from zero. An unknown amount has no bar and says so. */
export function barRows(rows: BarRow[], currency: string): RowBars {
  return placeRows(rows.map(({ id, label, amount, color }) => ({ id, label, color, from: '0', to: amount ?? '0', text: formatMoney(amount, currency) })));
}

/** Bars from a low to a high case, such as what an assumption does to a result. */
export function rangeRows(rows: RangeRow[], currency: string): RowBars {
  return placeRows(rows.map(({ id, label, low, high, color }) => ({ id, label, color, from: low, to: high, text: `${formatMoney(low, currency)} – ${formatMoney(high, currency)}` })), rows.length === 0);
}

/** What the reader pays more is warm, what he pays less is cool; levels are neutral. */
function stepColor({ kind, amount }: WaterfallStep): string {
  if (kind === 'level') return 'var(--mui-palette-series-grey)';
  return sign(amount) > 0 ? 'var(--mui-palette-tone-warm)' : 'var(--mui-palette-tone-cool)';
}

/** The bars of a waterfall: a level stands on zero, a change hangs between what was before and after it, exactly. */
export function waterfallRows(steps: WaterfallStep[], currency: string): RowBars {
  let level = '0';
  return placeRows(
    steps.map((step) => {
      const from = step.kind === 'level' ? '0' : level;
      level = step.kind === 'level' ? step.amount : add(level, step.amount);
      return { id: step.id, label: step.label, color: stepColor(step), from, to: level, strong: step.kind === 'level', text: formatMoney(step.amount, currency, { signed: step.kind === 'change' }) };
    }),
  );
}

/** Rows as data: each has one figure, written as it is next to its bar. */
export function rowData(rows: { id: string; label: string; amount: string | null; note?: string }[], figure: string): Datum[] {
  return rows.map(({ id, label, amount, note }) => ({ key: id, label, note, parts: [{ id: 'amount', label: figure, amount }] }));
}

/** Ranges as data: the low and the high case. */
export function rangeData(rows: RangeRow[]): Datum[] {
  return rows.map(({ id, label, low, high }) => ({ key: id, label, parts: [{ id: 'low', label: 'Low', amount: low }, { id: 'high', label: 'High', amount: high }] }));
}
