import { toMark } from '../../lib/decimal';
import { type Axis, axisBetween } from './axis';
import type { Datum } from './datum';

/** One thing that a chart shows over time. */
export type ChartSeries = {
  id: string;
  label: string;
  color: string;
  /** How a line chart draws it; a line without a word. A stacked chart hatches what is estimated. */
  style?: 'line' | 'dashed' | 'dots' | 'estimate';
};

/** A range around a line, such as where a forecast falls four times of five. One place for each point, null where it says nothing. */
export type ChartBand = { id: string; label: string; color: string; low: (string | null)[]; high: (string | null)[] };

/** One place on the axis of time: a day or a month. Amounts are exact text; the total is the ledger's own. */
export type ChartPoint = {
  time: string;
  /** On the axis, where there is room. */
  tick: string;
  /** In the tooltip. */
  label: string;
  amounts: (string | null)[];
  total: string | null;
  /** Outside the chosen period, shown for context. */
  context: boolean;
  /** Why the bar cannot be trusted yet. */
  incomplete?: string;
  /** Nothing at all is known of it: no data, which is not a cost of zero. */
  empty?: boolean;
  /** What is said of it in place of "no data". */
  emptyText?: string;
  /** What else must be known of its figures. */
  note?: string;
};

/** The rows recharts draws: one number per series, only to place marks. */
export function marksOf(points: ChartPoint[]): Record<string, number>[] {
  return points.map((point, index) => {
    const row: Record<string, number> = { index };
    point.amounts.forEach((amount, at) => {
      row[`s${at}`] = toMark(amount);
    });
    return row;
  });
}

/** The rows with where each part of a stack ends, above zero or below it, as `t0`, `t1` and so on. */
export function edgesOf(marks: Record<string, number>[], seriesCount: number): Record<string, number>[] {
  return marks.map((row) => {
    const edges = { ...row };
    const ends = { up: 0, down: 0 };
    for (let at = 0; at < seriesCount; at += 1) {
      const value = row[`s${at}`] ?? 0;
      edges[`t${at}`] = ends[value < 0 ? 'down' : 'up'] += value;
    }
    return edges;
  });
}

/** The figures of the points: every series with its amount, the total, and why a point is incomplete. */
export function dataOf(points: ChartPoint[], series: ChartSeries[]): Datum[] {
  return points.map(({ time, label, amounts, total, incomplete, note }) => ({
    key: time,
    label,
    parts: series.map((one, at) => ({ id: one.id, label: one.label, color: one.color, amount: amounts[at] ?? null })),
    total,
    note: [incomplete === undefined ? undefined : `Incomplete: ${incomplete}`, note].filter((text) => text !== undefined).join('. ') || undefined,
  }));
}

/** Points side by side that say the same of what they lack. */
export type Run = { from: number; to: number; text: string; empty: boolean };

/** Runs of bars that stand side by side and are incomplete for the same reason, or have no data at all. */
export function incompleteRuns(points: { incomplete?: string; empty?: boolean; emptyText?: string }[]): Run[] {
  const runs: Run[] = [];
  points.forEach(({ incomplete, empty = false, emptyText }, index) => {
    const text = empty ? (emptyText ?? 'no data') : incomplete;
    if (text === undefined) return;
    const last = runs.at(-1);
    if (last && last.to === index - 1 && last.text === text) last.to = index;
    else runs.push({ from: index, to: index, text, empty });
  });
  return runs;
}

/** The axis that holds every stack, the negative parts below zero. */
export function axisOf(marks: Record<string, number>[], seriesCount: number): Axis {
  let high = 0;
  let low = 0;
  for (const row of marks) {
    let above = 0;
    let below = 0;
    for (let at = 0; at < seriesCount; at += 1) {
      const mark = row[`s${at}`] ?? 0;
      if (mark > 0) above += mark;
      else below += mark;
    }
    high = Math.max(high, above);
    low = Math.min(low, below);
  }
  return axisBetween(low, high);
}

/** The series that a stack shows at a value; null where there is none of it. */
export function seriesAt(marks: Record<string, number>, seriesCount: number, value: number): number | null {
  let above = 0;
  let below = 0;
  for (let at = 0; at < seriesCount; at += 1) {
    const mark = marks[`s${at}`] ?? 0;
    const from = mark > 0 ? above : below;
    const [low, high] = mark > 0 ? [from, from + mark] : [from + mark, from];
    if (mark !== 0 && value >= low && value <= high) return at;
    if (mark > 0) above += mark;
    else below += mark;
  }
  return null;
}
