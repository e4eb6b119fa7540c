import { describe, expect, test } from 'vitest';

import { describeNamedAccount } from './accountNames';
import { accountName, metricLabel, describeAccount, describeBill, describeProvider } from './bill';
import { addDays, addMonths, eachDay, eachMonth, formatAge, formatAhead, formatDay, formatDuration, formatInstant, formatMonth, formatRange, lastOfMonth } from './days';
import { trimZeros } from './decimal';
import { formatExport } from './fileFormat';
import { describeFiles } from './fileName';
import { readFilter } from './filter';
import { isWithinDay, describeEnd, describePeriod, describeStart } from './instants';
import { currencyDigits, formatAxis, formatBytes, formatCount, formatCounted, formatMoney, fullMoney } from './money';
import { changeOf, deltaOf, formatRatio, formatShare, shareMark } from './percent';
import { formatComparison, readComparing, soFarText } from './period';

/** What stands in cells of real bills, and what a careless person or an attacker writes there. */
const hostile = [
  '', ' ', '$1.50', '1.50 USD', '€ 1.234,50', '1,234.50', "1'234.50", '(12.00)', '1e5', '1E-7', '-', '+', '.', '.5', '5.', '--1', '-0', '0x1f', 'NaN', 'Infinity', '-Infinity', 'null', 'undefined',
  '\u0000', '\u202e1.50', '１.５０', '٣', '\ud800', '=1+1', '<b>1</b>', 'n/a', '9'.repeat(400), `0.${'0'.repeat(400)}1`, `-${'9'.repeat(30)}.${'9'.repeat(30)}`,
  '2026-13-45', '2026-02-30', '0000-00-00', '0000-01-01', '9999-12-31', '9999-12-31T23:59:59Z', '2026-11-12T25:61:61Z', '2026-11-12T00:00:00+99:99', '2026-11-12T00:00:00-0000', '-000001-12-31', '+275760-09-13',
  '2026-11', '20261112', '12/11/2026', '2026-11-12', '2026-11-12T13:00:00Z', '1e400', '{"a":1}', '{"kind":"any"', '[[[[', 'constructor', '__proto__', 'toString', 'USD', 'usd', 'XXX', '$$$',
];
const hostileNumbers = [0, -0, 1, -1, 0.5, 1e-30, 1e20, 1e21, 1e29, 1e30, 1e40, -1e40, Number.MAX_VALUE, Number.MIN_VALUE, NaN, Infinity, -Infinity];

/** Pieces put together at random, always the same ones. */
function* madeUp(count: number): Generator<string> {
  const pieces = [...hostile, ...'0123456789.-+,:TZ$ e'];
  let state = 20_261_128;
  const next = () => (state = (state * 16807) % 2147483647);
  for (let made = 0; made < count; made += 1) yield Array.from({ length: 1 + (next() % 4) }, () => pieces[next() % pieces.length]).join('');
}

const texts = [...hostile, ...madeUp(2000)];

function fails(format: () => unknown): boolean {
  try {
    format();
    return false;
  } catch {
    return true;
  }
}

describe('whatever stands in a cell can be shown', () => {
  const one: Record<string, (text: string) => unknown> = {
    formatMoney: (text) => formatMoney(text, text),
    fullMoney: (text) => fullMoney(text, text),
    currencyDigits: (text) => currencyDigits(text),
    formatShare: (text) => formatShare(text, text) ?? '',
    formatRatio: (text) => formatRatio(text) ?? '',
    shareMark: (text) => shareMark(text, text),
    deltaOf: (text) => deltaOf(text, '1'),
    changeOf: (text) => changeOf(text, text, 'USD'),
    trimZeros,
    formatDay: (text) => formatDay(text),
    formatMonth: (text) => formatMonth(text),
    formatInstant: (text) => formatInstant(text),
    formatAge: (text) => formatAge(text, 1.7e12),
    formatAhead: (text) => formatAhead(text, 1.7e12),
    addDays: (text) => addDays(text, 1),
    addMonths: (text) => addMonths(text, -1),
    lastOfMonth: (text) => lastOfMonth(text),
    describeStart,
    describeEnd,
    isWithinDay,
    describeBill: (text) => describeBill({ provider: text, billingAccount: text, month: text }),
    describeProvider,
    describeAccount,
    accountName,
    metricLabel,
    formatExport: (text) => formatExport(text, text),
    describeFiles: (text) => describeFiles([text]),
    describeNamedAccount: (text) => describeNamedAccount(text, text),
    readFilter: (text) => readFilter(text)?.kind ?? '',
  };
  test.each(Object.keys(one))('%s', (name) => {
    expect(texts.filter((text) => fails(() => one[name]?.(text)))).toEqual([]);
  });

  const two: Record<string, (a: string, b: string) => string> = {
    formatRange,
    describePeriod,
    formatShare: (a, b) => formatShare(a, b) ?? '',
    deltaOf: (a, b) => deltaOf(a, b)?.percent ?? '',
    formatComparison: (a, b) => formatComparison({ from: a, to: b }, { from: b, to: a }),
    soFarText: (a, b) => soFarText({ from: a, to: b }, 2026),
    readComparing: (a) => readComparing(a).base,
  };
  test.each(Object.keys(two))('%s of any two texts', (name) => {
    expect(hostile.flatMap((a) => hostile.map((b) => [a, b] as const)).filter(([a, b]) => fails(() => two[name]?.(a, b)))).toEqual([]);
  });

  test('numbers', () => {
    for (const value of hostileNumbers) {
      for (const text of [formatCount(value), formatCounted(value, 'line'), formatBytes(value), formatAxis(value), formatDuration(value)]) expect(text, String(value)).not.toBe('');
    }
  });
});

test('what cannot be formatted is shown as it stands', () => {
  for (const text of ['$1.50', '1e5', 'n/a', '1,234.50', '']) {
    expect(formatMoney(text, 'USD')).toBe(text);
    expect(fullMoney(text, 'USD')).toBe(text);
  }
  for (const text of ['2026-13-45', 'soon', '+275760-09-13']) expect([formatDay(text), formatMonth(text), describeStart(text), describeEnd(text), formatInstant('soon')]).toEqual([text, text, text, text, 'soon']);
  expect(formatRange('soon', '2026-11-12')).toBe('soon – 12 Nov 2026');
  expect(describeEnd('9999-12-31T23:59:59Z')).toBe('31 Dec 9999');
  expect(eachDay('9999-12-30', '9999-12-31')).toEqual(['9999-12-30', '9999-12-31']);
  expect(eachMonth('9999-11-30', '9999-12-31')).toEqual(['9999-11', '9999-12']);
  expect([eachDay('soon', '2026-11-12'), eachMonth('soon', '2026-11-12'), eachDay('2026-11-12', '2026-11-11')]).toEqual([[], [], []]);
  expect(deltaOf('$1', '1')).toBeNull();
  expect(formatShare('1', '$2')).toBeNull();
});
