import { describe, expect, test } from 'vitest';

import { addMonths, eachMonth, formatAge, formatDuration, formatRange, isDay } from './days';
import { comparisonOf, periodOf, presets } from './period';

describe('periods', () => {
  test('the latest month is held against the same days before', () => {
    const period = periodOf('mtd', '2025-11-01', '2026-11-20');
    expect(period).toEqual({ from: '2026-11-01', to: '2026-11-20' });
    expect(comparisonOf(period, '2025-11-01')).toEqual({ from: '2026-10-01', to: '2026-10-20' });
  });

  test('a whole month is held against the whole month before, whatever their lengths', () => {
    expect(comparisonOf({ from: '2026-02-01', to: '2026-02-28' }, '2025-01-01')).toEqual({ from: '2026-01-01', to: '2026-01-31' });
    expect(comparisonOf({ from: '2026-03-01', to: '2026-03-31' }, '2025-01-01')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });

  test('the 30th has no partner in February and takes its last day', () => {
    expect(comparisonOf({ from: '2026-03-01', to: '2026-03-30' }, '2025-01-01')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });

  test('months are held against as many months, other days against as many days', () => {
    expect(comparisonOf({ from: '2026-09-01', to: '2026-11-20' }, '2025-11-01')).toEqual({ from: '2026-06-01', to: '2026-08-20' });
    expect(comparisonOf({ from: '2026-11-10', to: '2026-11-16' }, '2025-11-01')).toEqual({ from: '2026-11-03', to: '2026-11-09' });
  });

  test('nothing is held against a time the ledger does not know', () => {
    expect(comparisonOf({ from: '2025-12-01', to: '2026-11-20' }, '2025-11-01')).toBeNull();
    expect(comparisonOf({ from: '2025-11-01', to: '2026-11-20' }, '2025-11-01')).toBeNull();
  });

  test('the last full month is the latest one when that is whole', () => {
    expect(periodOf('last-month', '2026-01-01', '2026-11-20')).toEqual({ from: '2026-10-01', to: '2026-10-31' });
    expect(periodOf('last-month', '2026-01-01', '2026-10-31')).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  });

  test('an empty ledger has no period', () => {
    for (const preset of presets) expect(periodOf(preset, '', '')).toEqual({ from: '', to: '' });
  });
});

describe('days', () => {
  test.each([
    ['2026-11-01', '2026-11-20', '1–20 Nov 2026'],
    ['2026-11-01', '2026-11-30', 'Nov 2026'],
    ['2026-09-01', '2026-11-30', 'Sep – Nov 2026'],
    ['2025-12-01', '2026-11-20', '1 Dec 2025 – 20 Nov 2026'],
    ['2026-11-20', '2026-11-20', '20 Nov 2026'],
  ])('%s to %s reads %s', (from, to, expected) => {
    expect(formatRange(from, to)).toBe(expected);
  });

  test('months keep to the length of the shorter one', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(eachMonth('2025-12-15', '2026-02-01')).toEqual(['2025-12', '2026-01', '2026-02']);
  });

  test('only days that exist are days', () => {
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2026-2-1')).toBe(false);
  });

  test('ages and durations', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    expect(formatAge('2026-11-20T10:00:00Z', now)).toBe('2 h ago');
    expect(formatAge('2026-11-17T10:00:00Z', now)).toBe('3 days ago');
    expect(formatAge('not a time', now)).toBe('');
    expect(formatDuration(4_800)).toBe('1 h 20 min');
  });
});
