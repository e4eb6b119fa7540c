import { compare, toMark } from '../../lib/decimal';

/** One thing of a stacked chart. */
export type ChartSeries = { id: string; label: string; color: string };

/** One bar: a day or a month. Amounts are exact text; the total is the ledger's own. */
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

/** The parts of one bar, the largest first; what has no value there is left out. */
export function sortedParts(point: ChartPoint, series: ChartSeries[]): { series: ChartSeries; amount: string }[] {
  return series
    .flatMap((one, at) => {
      const amount = point.amounts[at] ?? null;
      return amount === null ? [] : [{ series: one, amount }];
    })
    .sort((a, b) => compare(b.amount, a.amount));
}

/** Runs of bars that stand side by side and are incomplete, with the words of the last of them. */
export function incompleteRuns(points: ChartPoint[]): { from: number; to: number; text: string }[] {
  const runs: { from: number; to: number; text: string }[] = [];
  points.forEach((point, index) => {
    if (point.incomplete === undefined) return;
    const last = runs.at(-1);
    if (last && last.to === index - 1 && last.text === point.incomplete) last.to = index;
    else runs.push({ from: index, to: index, text: point.incomplete });
  });
  return runs;
}

/** About five round steps that hold every stack, the negative parts below zero. */
export function ticksOf(marks: Record<string, number>[], seriesCount: number): number[] {
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
  const span = high - low;
  if (span === 0) return [0, 1];
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let count = Math.floor(low / step + 1e-9); count <= Math.ceil(high / step - 1e-9); count += 1) ticks.push(count * step);
  return ticks;
}
