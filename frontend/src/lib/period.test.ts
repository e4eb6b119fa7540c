import { expect, test } from 'vitest';

import { formatComparison, readComparing, soFarText, writeComparing } from './period';

test('the comparison stands in the address as a base or as days', () => {
  for (const text of ['last-year', 'none', 'previous-month', '2026-10-01..2026-10-20']) expect(writeComparing(readComparing(text))).toBe(text);
  for (const text of [null, '', 'previous', 'custom', 'yesterday', '2026-10-20..2026-10-01', '2026-13-01..2026-13-02']) {
    expect(readComparing(text)).toEqual({ base: 'previous', compareFrom: '', compareTo: '' });
  }
  expect(writeComparing(readComparing(null))).toBe('');
});

test('the year is said where it is not the same', () => {
  expect(formatComparison({ from: '2026-10-01', to: '2026-10-20' }, { from: '2026-11-01', to: '2026-11-20' })).toBe('1–20 Oct');
  expect(formatComparison({ from: '2025-12-01', to: '2025-12-20' }, { from: '2026-01-01', to: '2026-01-20' })).toBe('1–20 Dec 2025');
  expect(soFarText({ from: '2026-11-01', to: '2026-11-20' }, 2026)).toBe('in November so far');
  expect(soFarText({ from: '2026-11-01', to: '2026-11-20' }, 2027)).toBe('in November 2026 so far');
  expect(soFarText({ from: '2026-09-01', to: '2026-11-20' }, 2026)).toBe('1 Sep – 20 Nov so far');
});
