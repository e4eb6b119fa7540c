import { describe, expect, test } from 'vitest';

import type { SpendComparison } from '../../lib/wire';
import { comparedText, defaultGrain, missingText } from './model';

const compared = (changes: Partial<SpendComparison>): SpendComparison => ({ from: '2026-10-01', to: '2026-10-20', reason: '', reasonCode: '', whole: false, days: 20, ofDays: 20, missing: [], movers: [], others: null, apart: null, ...changes });

describe('missingText', () => {
  const day = (text: string) => ({ from: text, to: text });

  test('is empty where the periods are compared as a whole, or not at all', () => {
    expect(missingText(null)).toBe('');
    expect(missingText(compared({}))).toBe('');
  });

  test('names few spans of days, and counts the days of many', () => {
    const few = { provider: 'AWS', days: 3, before: [day('2026-10-04')], now: [{ from: '2026-11-19', to: '2026-11-20' }] };
    const many = { provider: '', days: 4, now: [], before: ['2026-10-01', '2026-10-03', '2026-10-05', '2026-10-07'].map(day) };
    expect(missingText(compared({ missing: [few, many] }))).toBe('AWS 4 Oct and 19–20 Nov, Charges without a provider 4 days');
    const years = { provider: 'AWS', days: 2, before: [day('2025-11-04')], now: [day('2026-11-04')] };
    expect(missingText(compared({ missing: [years] }))).toBe('AWS 4 Nov 2025 and 4 Nov 2026');
  });
});

test('comparedText says how many days a change is over', () => {
  expect(comparedText(compared({ whole: true }))).toBe('');
  expect(comparedText(compared({ days: 18 }))).toBe('Compared over 18 of 20 days');
});

test('a long period goes by months', () => {
  expect(defaultGrain({ from: '2026-11-01', to: '2026-11-20' })).toBe('day');
  expect(defaultGrain({ from: '2026-06-01', to: '2026-11-20' })).toBe('month');
});
