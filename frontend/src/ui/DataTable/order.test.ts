import { expect, test } from 'vitest';

import { type Column } from './model';
import { nextSort, sortRows } from './order';

const amount: Column<string | null> = { id: 'amount', header: 'Amount', kind: 'number', value: (row) => row };
const name: Column<string | null> = { id: 'name', header: 'Name', kind: 'text', value: (row) => row };

test('amounts are ordered by size to the last digit', () => {
  const rows = ['10', '9.99999999999999999999', '-3', '9.99999999999999999998', null, '0.5'];
  const sorted = sortRows(rows, [amount], { column: 'amount', desc: false });
  expect(sorted).toEqual(['-3', '0.5', '9.99999999999999999998', '9.99999999999999999999', '10', null]);
});

test('rows without a value come last in both directions', () => {
  expect(sortRows([null, '1', '2'], [amount], { column: 'amount', desc: true })).toEqual(['2', '1', null]);
  expect(sortRows([null, 'b', 'A'], [name], { column: 'name', desc: false })).toEqual(['A', 'b', null]);
});

test('an unknown column leaves the order alone', () => {
  expect(sortRows(['b', 'a'], [name], { column: 'gone', desc: false })).toEqual(['b', 'a']);
});

test('headers go through both orders and back to none', () => {
  expect(nextSort(null, amount)).toEqual({ column: 'amount', desc: true });
  expect(nextSort({ column: 'amount', desc: true }, amount)).toEqual({ column: 'amount', desc: false });
  expect(nextSort({ column: 'amount', desc: false }, amount)).toBeNull();
  expect(nextSort({ column: 'amount', desc: true }, name)).toEqual({ column: 'name', desc: false });
});
