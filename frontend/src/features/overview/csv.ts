import { toCsv } from '../../lib/csv';
import { percentOf } from '../../lib/decimal';
import type { Scope, Breakdown } from './queries';

/** The breakdown as a file: the columns of the page in their order, amounts with every digit. */
export function breakdownCsv(breakdown: Breakdown, scope: Scope): string {
  const { dimension, rows, total, previousTotal, rest, previousRest, compared, groups } = breakdown;
  const beside = dimension.beside;
  const period = `${scope.from} to ${scope.to}`;
  const head = [dimension.label, dimension.column === dimension.label ? `${dimension.label} ID` : dimension.column, ...(beside ? [beside.label] : []), 'Currency', 'Share %', ...(compared ? [`${scope.compareFrom} to ${scope.compareTo}`] : []), period, ...(compared ? ['Change', 'Change %'] : [])];
  const whole = total?.amounts[0] ?? null;
  const line = (name: string | null, key: string | null, side: string | null, current: string | null, previous: string | null, change: string | null) => {
    const changed = change !== null && previous !== null && previous !== '0' ? percentOf(change, previous, 2) : null;
    const share = current !== null && whole !== null ? percentOf(current, whole, 2) : null;
    return [name, key, ...(beside ? [side] : []), scope.currency, share, ...(compared ? [previous] : []), current, ...(compared ? [change, changed] : [])];
  };
  const body = rows.map((row) => line(row.name, row.key, row.beside, row.current, row.previous, row.delta?.amount ?? null));
  const more = rest || previousRest ? [line(`${groups - rows.length} more`, null, null, rest?.amounts[0] ?? null, previousRest?.amounts[0] ?? null, null)] : [];
  return toCsv([head, ...body, ...more, line('Total', null, null, whole, previousTotal?.amounts[0] ?? null, null)]);
}
