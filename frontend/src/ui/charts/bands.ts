import { toMark } from '../../lib/decimal';
import { formatMoney } from '../../lib/money';
import { type Axis, axisBetween } from './axis';
import type { Datum } from './datum';
import { dataOf, type ChartBand, type ChartPoint, type ChartSeries } from './model';

/** A row as recharts draws it: numbers only place marks, and what has no value has no mark. */
export type LineMarks = Record<string, number | [number, number] | null>;

/** The rows of lines and bands: unlike a stack, a line breaks where a value is missing. */
export function lineMarks(points: ChartPoint[], bands: ChartBand[]): LineMarks[] {
  return points.map(({ amounts }, index) => {
    const row: LineMarks = { index };
    amounts.forEach((amount, at) => {
      row[`s${at}`] = amount === null ? null : toMark(amount);
    });
    bands.forEach(({ low, high }, at) => {
      const [from, to] = [low[index] ?? null, high[index] ?? null];
      row[`b${at}`] = from === null || to === null ? null : [toMark(from), toMark(to)];
    });
    return row;
  });
}

/** The axis that holds every line and band, and zero. */
export function lineAxis(marks: LineMarks[]): Axis {
  const values = marks.flatMap(({ index: _, ...row }) => Object.values(row).flatMap((mark) => mark ?? []));
  return axisBetween(Math.min(0, ...values), Math.max(0, ...values));
}

/** The figures of the points; a band is written as a range. Separate lines have no sum. */
export function lineData(points: ChartPoint[], series: ChartSeries[], bands: ChartBand[], currency: string): Datum[] {
  return dataOf(points, series).map(({ total: _, parts, ...datum }, index) => ({
    ...datum,
    parts: [
      ...parts,
      ...bands.flatMap(({ id, label, color, low, high }) => {
        const [from, to] = [low[index] ?? null, high[index] ?? null];
        return from === null || to === null ? [] : [{ id, label, color, text: `${formatMoney(from, currency)} – ${formatMoney(to, currency)}` }];
      }),
    ],
  }));
}
