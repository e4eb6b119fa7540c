/** An axis from one figure to another, and the round steps on it that are written. */
export type Axis = { low: number; high: number; ticks: number[] };

/** Figures of an axis have at most four decimals: what is less than the last of them is nothing, and is not drawn large. */
const SPAN_LEAST = 0.0001;

/**
 * About five round steps from `low` to `high`, which both are inside; an axis of money always holds zero. What is slight on one
 * side of zero has only its own room there, and no empty step.
 */
export function axisBetween(low: number, high: number): Axis {
  const span = high - low;
  if (span < SPAN_LEAST) return { low: 0, high: 1, ticks: [0, 1] };
  const rough = span / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const slight = (end: number) => Math.abs(end) < step / 4;
  const from = slight(low) ? 0 : Math.floor(low / step + 1e-9);
  const to = slight(high) ? 0 : Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: to - from + 1 }, (_, at) => (from + at) * step);
  return { low: Math.min(low, from * step), high: Math.max(high, to * step), ticks };
}

/** A label of the axis of time: whose column it names, how it stands to it, and the year where another one begins. */
export type AxisLabel = { index: number; text: string; year: string | null; align: 'start' | 'center' | 'end' };

/** The width of a letter of the axis, in px; a little too much rather than too little. */
export const LETTER = 6.4;
const GAP = 18;

/**
 * The labels that have room on an axis of equal columns, the last always among them. Those at the edges
 * stand inside, so that none is cut. An axis of more than one year names them.
 */
export function axisLabels(points: { time: string; tick: string }[], width: number): AxisLabel[] {
  const count = points.length;
  if (count === 0 || width <= 0) return [];
  const widest = Math.max(...points.map(({ tick }) => tick.length)) * LETTER + GAP;
  const every = Math.max(1, Math.ceil(widest / (width / count)));
  // Counted from the last one, which is the newest and the one most looked for.
  const chosen: number[] = [];
  for (let index = count - 1; index >= 0; index -= every) chosen.unshift(index);
  const [first = 0] = chosen;
  if (first > 0 && (first * width) / count >= widest * 1.4) chosen.unshift(0);

  const yearOf = (index: number) => (points[index]?.time ?? '').slice(0, 4);
  const severalYears = /^\d{4}$/.test(yearOf(0)) && yearOf(0) !== yearOf(count - 1);
  return chosen.map((index, at) => {
    const text = points[index]?.tick ?? '';
    const centre = ((index + 0.5) * width) / count;
    const half = (text.length * LETTER) / 2;
    const before = at === 0 ? null : yearOf(chosen[at - 1] ?? 0);
    return {
      index,
      text,
      year: severalYears && !text.includes(yearOf(index)) && yearOf(index) !== before ? yearOf(index) : null,
      align: centre - half < 0 ? 'start' : centre + half > width ? 'end' : 'center',
    };
  });
}
