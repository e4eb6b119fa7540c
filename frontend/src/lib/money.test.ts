import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { formatAxis, formatBytes, formatCounted, formatMoney, fullMoney, setNumberLocale, unroundedMoney } from './money';

beforeEach(() => setNumberLocale('en-US'));
afterEach(() => setNumberLocale(undefined));

describe('formatMoney', () => {
  test.each([
    ['1234567.891', 'USD', '1,234,567.89'],
    ['-0.2', 'USD', '\u22120.20'],
    ['0', 'USD', '0.00'],
    ['-0.004', 'USD', '0.00'],
    ['1234.5', 'JPY', '1,235'],
    ['1234.5', 'KWD', '1,234.500'],
    ['12', '', '12.00'],
    ['12', 'CREDITS', '12.00'],
    ['123456789012345678901234.565', 'USD', '123,456,789,012,345,678,901,234.57'],
  ])('%s %s reads %s', (amount, currency, expected) => {
    expect(formatMoney(amount, currency)).toBe(expected);
  });

  test('a change carries its sign, nothing carries none', () => {
    expect(formatMoney('5', 'USD', { signed: true })).toBe('+5.00');
    expect(formatMoney('-5', 'USD', { signed: true })).toBe('\u22125.00');
    expect(formatMoney('0.001', 'USD', { signed: true })).toBe('0.00');
  });

  test('unknown is not zero', () => {
    expect(formatMoney(null, 'USD')).toBe('unknown');
    expect(fullMoney(null, 'USD')).toBe('The source gives no value here');
  });

  test('groups and points as the locale does', () => {
    setNumberLocale('de-DE');
    expect(formatMoney('1234567.891', 'EUR')).toBe('1.234.567,89');
    setNumberLocale('en-IN');
    expect(formatMoney('1234567.891', 'INR')).toBe('12,34,567.89');
    expect(fullMoney('-1234567.8910', 'INR')).toBe('\u221212,34,567.891 INR');
  });

  test('an amount that is read has the digits of its currency, and more where it has more', () => {
    expect(['950', '-1000.5', '0.1250', '0.00000001'].map((amount) => unroundedMoney(amount, 'USD'))).toEqual(['950.00 USD', '\u22121,000.50 USD', '0.125 USD', '0.00000001 USD']);
    expect(unroundedMoney('950', 'JPY')).toBe('950 JPY');
    expect(unroundedMoney('n/a', 'USD')).toBe('n/a');
  });

  test('the full amount keeps every digit', () => {
    expect(fullMoney('0.0000000001234567890123456789', 'USD')).toBe('0.0000000001234567890123456789 USD');
  });
});

describe('other figures', () => {
  test.each([
    [0, '0'],
    [500, '500'],
    [10_500, '10.5k'],
    [25_000, '25k'],
    [2_500_000, '2.5M'],
    [-5_000, '\u22125k'],
    [0.25, '0.25'],
  ])('%d on an axis is %s', (value, expected) => {
    expect(formatAxis(value)).toBe(expected);
  });

  test('counts and sizes', () => {
    expect(formatCounted(1, 'line')).toBe('1 line');
    expect(formatCounted(2_310_441, 'line')).toBe('2,310,441 lines');
    expect(formatBytes(532_000_000)).toBe('532 MB');
    expect(formatBytes(1_204_000_000)).toBe('1.2 GB');
    expect(formatBytes(999)).toBe('999 bytes');
  });
});
