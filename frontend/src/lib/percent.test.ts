import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { setNumberLocale } from './money';
import { changeOf, deltaOf, formatPart, formatRatio, formatShare, formatShareOfCost, shareMark } from './percent';

beforeEach(() => setNumberLocale('en-US'));
afterEach(() => setNumberLocale(undefined));

describe('formatShareOfCost', () => {
  test('shows a part of a cost', () => {
    expect(formatShareOfCost('29.5', '100', 'USD')).toBe('29.5 %');
    expect(formatShareOfCost('0', '100', 'USD')).toBe('0.0 %');
  });

  test.each([
    ['0.0000004', '0.0000004'],
    ['47.68', '0.004'],
    ['10', '-20'],
    ['-5', '20'],
    ['30', '20'],
    [null, '20'],
  ])('is a dash for %s of %s, where credits take the cost away', (part, whole) => {
    expect(formatShareOfCost(part, whole, 'USD')).toBe('–');
  });

  test('takes an amount for nothing that its currency shows as nothing', () => {
    expect(formatShareOfCost('0.4', '0.4', 'JPY')).toBe('–');
    expect(formatShareOfCost('0.4', '0.4', 'USD')).toBe('100.0 %');
  });
});

describe('deltaOf', () => {
  test('shows amount, direction and percentage', () => {
    expect(deltaOf('412318.27', '395678.25')).toEqual({ amount: '16640.02', direction: 1, percent: '+4.2 %' });
    expect(deltaOf('17440.25', '20818.17')).toEqual({ amount: '-3377.92', direction: -1, percent: '\u221216.2 %' });
  });

  test('has no percentage of nothing or of a credit', () => {
    expect(deltaOf('5', '0')?.percent).toBeNull();
    expect(deltaOf('5', '-10')?.percent).toBeNull();
  });

  test('knows nothing when a side is unknown', () => {
    expect(deltaOf(null, '1')).toBeNull();
    expect(deltaOf('1', null)).toBeNull();
  });

  test('drops the last digit of a huge percentage', () => {
    expect(deltaOf('123456', '10')?.percent).toBe('+1,234,460 %');
  });
});

describe('shares', () => {
  test('a share of zero cost is not a number', () => {
    expect(formatShare('0', '0')).toBeNull();
    expect(formatShare('87.32', '100')).toBe('87.3 %');
    expect(formatShare('-5', '100')).toBe('\u22125.0 %');
    expect([formatShare('0.04', '100'), formatShare('-0.04', '100'), formatRatio('0.004', 0), formatShare('0', '100')]).toEqual(['under 0.1 %', 'under 0.1 %', 'under 1 %', '0.0 %']);
  });

  test('a bar stays between nothing and full', () => {
    expect(shareMark('-5', '100')).toBe(0);
    expect(shareMark('150', '100')).toBe(1);
    expect(shareMark('25', '100')).toBe(0.25);
  });
});

describe('what Go calculated', () => {
  test('a share is only written, and none stays none', () => {
    expect(formatRatio('0.295449')).toBe('29.5 %');
    expect(formatRatio('-0.02', 0)).toBe('\u22122 %');
    expect(formatRatio('')).toBeNull();
  });

  test('a change has its direction and its percentage', () => {
    expect(changeOf('-0.1', '-1.000000', 'USD')).toEqual({ amount: '-0.1', direction: -1, percent: '\u2212100.0 %' });
    expect(changeOf('5', '', 'USD')).toEqual({ amount: '5', direction: 1, percent: null });
    expect(changeOf(null, '', 'USD')).toBeNull();
    expect(changeOf('0.004', '1.119000', 'USD')).toEqual({ amount: '0.004', direction: 0, percent: null });
    expect(changeOf('0', '0.000000', 'USD')).toEqual({ amount: '0', direction: 0, percent: '0.0 %' });
  });
});

test('a part of data is rounded down, so that it is everything or nothing only where it is', () => {
  const cases: [string | null, string | null][] = [['1', '1'], ['9999', '10000'], ['29.59', '100'], ['1', '100000'], ['0', '5'], ['0', '0'], [null, '5']];
  expect(cases.map(([part, whole]) => formatPart(part, whole))).toEqual(['100 %', '99.9 %', '29.5 %', 'under 0.1 %', '0 %', '–', '–']);
});
