import { describe, expect, test } from 'vitest';

import type { SpendComparison } from '../../lib/wire';
import { chartWindow, defaultGrain, missingText } from './model';

describe('missingText', () => {
  const compared = (missing: SpendComparison['missing']): SpendComparison => ({ possible: true, missing, movers: [], others: null });
  const day = (text: string) => ({ from: text, to: text });

  test('is empty where the periods are compared as a whole, or not at all', () => {
    expect(missingText(null)).toBe('');
    expect(missingText(compared([]))).toBe('');
  });

  test('names few spans of days, and counts the days of many', () => {
    const few = { provider: 'AWS', days: 3, spans: [day('2026-10-04'), { from: '2026-11-19', to: '2026-11-20' }] };
    const many = { provider: '', days: 4, spans: ['2026-10-01', '2026-10-03', '2026-10-05', '2026-10-07'].map(day) };
    expect(missingText(compared([few, many]))).toBe('AWS 4 Oct and 19–20 Nov, Charges without a provider 4 days');
  });
});

describe('chartWindow', () => {
  const ledger = { firstDay: '2025-11-01', lastDay: '2026-11-20' };

  test('gives a short period its context, but not before the ledger begins', () => {
    expect(chartWindow({ from: '2026-11-01', to: '2026-11-20' }, 'day', ledger)).toEqual({ from: '2026-08-23', to: '2026-11-20' });
    expect(chartWindow({ from: '2025-11-10', to: '2025-12-01' }, 'day', ledger)).toEqual({ from: '2025-11-01', to: '2025-12-01' });
  });

  test('shows months whole, up to the last day there is', () => {
    expect(chartWindow({ from: '2026-10-10', to: '2026-10-12' }, 'month', ledger)).toEqual({ from: '2025-11-01', to: '2026-10-31' });
    expect(chartWindow({ from: '2026-11-01', to: '2026-11-05' }, 'month', ledger)).toEqual({ from: '2025-11-01', to: '2026-11-20' });
  });

  test('a long period goes by months', () => {
    expect(defaultGrain({ from: '2026-11-01', to: '2026-11-20' })).toBe('day');
    expect(defaultGrain({ from: '2026-06-01', to: '2026-11-20' })).toBe('month');
  });
});
