import { compare } from '../../lib/decimal';
import { type CellValue, type Column, type Sort } from './model';

const decimal = /^[+-]?\d+(\.\d+)?$/;

/** Orders two decimal texts by size without ever rounding them; texts that are no decimals come last. */
function compareNumbers(a: string, b: string): number {
  if (decimal.test(a) && decimal.test(b)) return compare(a, b);
  return Number(!decimal.test(a)) - Number(!decimal.test(b));
}

function compareTexts(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true, sensitivity: 'base' });
}

/** The rows in the asked order; rows without a value stay last in both directions, equal rows keep their order. */
export function sortRows<Row>(rows: Row[], columns: Column<Row>[], sort: Sort | null): Row[] {
  const column = sort && columns.find((candidate) => candidate.id === sort.column);
  if (!sort || !column) return rows;
  const compareKeys = column.kind === 'number' ? compareNumbers : compareTexts;
  const keyed: { row: Row; key: CellValue }[] = rows.map((row) => ({ row, key: column.value(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return sort.desc ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key);
  });
  return keyed.map((entry) => entry.row);
}

/** The order after a click on a header: numbers begin with the largest, a third click takes the order away. */
export function nextSort<Row>(sort: Sort | null, column: Column<Row>): Sort | null {
  const descFirst = column.kind === 'number';
  if (sort?.column !== column.id) return { column: column.id, desc: descFirst };
  return sort.desc === descFirst ? { column: column.id, desc: !descFirst } : null;
}
