import { absolute, compare, round, toMark } from '../../lib/decimal';
import type { Datum } from './datum';

/** A row of a heat map: an amount for each column, null where there is none. */
export type HeatRow = { id: string; label: string; amounts: (string | null)[] };

/** A column of a heat map; labels are unique, and only some ticks are shown. `time` is of a day or month, "2026-11". */
export type HeatColumn = { time?: string; tick: string; label: string };

/** How strong the colour of each amount is, from 0 to 1, of the largest of its row; null where there is no amount. What rounds to zero in so many digits is none. */
export function heatOf(rows: HeatRow[], digits: number): (number | null)[][] {
  return rows.map(({ amounts }) => {
    const sizes = amounts.map((amount) => (amount === null ? null : round(absolute(amount), digits)));
    const most = toMark(sizes.reduce<string>((best, size) => (size !== null && compare(size, best) > 0 ? size : best), '0')) || 1;
    return sizes.map((size) => (size === null ? null : toMark(size) / most));
  });
}

/** The cells of a heat map row by row, as the keyboard walks over them. */
export function heatData(rows: HeatRow[], columns: HeatColumn[], figure: string): Datum[] {
  return rows.flatMap(({ id, label, amounts }) =>
    columns.map((column, at) => ({ key: `${id} ${column.label}`, label: `${label}, ${column.label}`, parts: [{ id: 'amount', label: figure, amount: amounts[at] ?? null }] })),
  );
}

/** The columns with the ticks that have room in a map that is `width` px wide with the names of its rows; the others have none. Where there are several years, the first tick of each names it. */
export function ticksOf(columns: HeatColumn[], width: number): HeatColumn[] {
  const room = Math.max(1, Math.floor((width - 130) / 70));
  const every = Math.max(1, Math.ceil(columns.length / room));
  // One at the right edge would be cut.
  const fits = (at: number) => at % every === 0 && (at === 0 || columns.length - at > every / 2);
  const yearOf = (column: HeatColumn | undefined) => column?.time?.slice(0, 4) ?? '';
  const severalYears = yearOf(columns[0]) !== yearOf(columns.at(-1));
  let before = '';
  return columns.map((column, at) => {
    if (!fits(at)) return { ...column, tick: '' };
    const year = yearOf(column);
    const named = severalYears && year !== before && !column.tick.includes(year);
    before = year;
    return { ...column, tick: named ? `${column.tick} ${year}` : column.tick };
  });
}
