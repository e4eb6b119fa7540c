import { absolute, compare, toMark } from '../../lib/decimal';
import type { Datum } from './datum';

/** A row of a heat map: an amount for each column, null where there is none. */
export type HeatRow = { id: string; label: string; amounts: (string | null)[] };

/** How strong the colour of each amount is, from 0 to 1, of the largest in the map; null where there is no amount. */
export function heatOf(rows: HeatRow[]): (number | null)[][] {
  const sizes = rows.flatMap(({ amounts }) => amounts.flatMap((amount) => (amount === null ? [] : [absolute(amount)])));
  const most = toMark(sizes.reduce((best, size) => (compare(size, best) > 0 ? size : best), '0')) || 1;
  return rows.map(({ amounts }) => amounts.map((amount) => (amount === null ? null : toMark(absolute(amount)) / most)));
}

/** The cells of a heat map row by row, as the keyboard walks over them. */
export function heatData(rows: HeatRow[], columns: string[], figure: string): Datum[] {
  return rows.flatMap(({ id, label, amounts }) =>
    columns.map((column, at) => ({ key: `${id} ${column}`, label: `${label}, ${column}`, parts: [{ id: 'amount', label: figure, amount: amounts[at] ?? null }] })),
  );
}
