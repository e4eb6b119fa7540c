import { afterEach, beforeEach, expect, test } from 'vitest';

import { setNumberLocale } from '../../lib/money';
import { factsOf, describeFact, namedFacts } from './facts';
import { type Column } from './model';

beforeEach(() => setNumberLocale('en-US'));
afterEach(() => setNumberLocale(undefined));

type Row = { cost: string | null; currency: string };

const cost: Column<Row> = { id: 'cost', header: 'Billed cost, USD', kind: 'number', value: (row) => row.cost, unit: (row) => row.currency };
const name: Column<Row> = { id: 'currency', header: 'Currency', kind: 'text', value: (row) => row.currency };
const usd = (amount: string | null): Row => ({ cost: amount, currency: 'USD' });

test('amounts are added exactly, each currency on its own; what is no number is left out', () => {
  const rows = [usd('0.1'), usd('0.2'), usd(null), usd('$1.50'), usd('9007199254740993.0000000001'), { cost: '5', currency: 'EUR' }];
  expect(factsOf(rows, [name, cost])).toEqual([
    { header: 'Billed cost, USD', unit: 'EUR', count: 1, sum: '5' },
    { header: 'Billed cost, USD', unit: 'USD', count: 3, sum: '9007199254740993.3000000001' },
  ]);
});

test('sum, average and count have the digits of the currency', () => {
  expect(factsOf([usd('10'), usd('-3.333')], [cost]).map(describeFact)).toEqual(['Billed cost, USD: sum 6.67, average 3.33, 2 values']);
  expect(describeFact({ header: 'Billed', unit: 'JPY', count: 1, sum: '1234' })).toBe('Billed, JPY: sum 1,234, average 1,234, 1 value');
  expect(describeFact({ header: 'Lines', unit: '', count: 3, sum: '1000' })).toBe('Lines: sum 1,000, average 333.3333, 3 values');
});

test('what was counted elsewhere gets the headers of the columns, in their order', () => {
  const lines: Column<Row> = { ...cost, id: 'lines', header: 'Lines' };
  const counted = [{ column: 'lines', unit: '', count: 2, sum: '7' }, { column: 'cost', unit: 'EUR', count: 1, sum: '5' }, { column: 'cost', unit: 'USD', count: 3, sum: '9' }];
  expect(namedFacts(counted, [cost, lines]).map(({ header, unit, sum }) => `${header} ${unit} ${sum}`)).toEqual(['Billed cost, USD EUR 5', 'Billed cost, USD USD 9', 'Lines  7']);
});
