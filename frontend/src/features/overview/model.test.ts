import { describe, expect, test } from 'vitest';

import type { SpendComparison } from '../../lib/wire';
import { comparedText, dataLine, missingText, pickedPeriod, spansText, statusOf, unusedText } from './model';

const compared = (changes: Partial<SpendComparison>): SpendComparison => ({ from: '2026-10-01', to: '2026-10-20', reason: '', reasonCode: '', whole: false, days: 20, ofDays: 20, unused: [], missing: [], movers: [], others: null, apart: null, ...changes });

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

test('unusedText names the days of the earlier period that are not compared', () => {
  expect(unusedText(compared({}))).toBe('');
  expect(unusedText(compared({ unused: [{ from: '2026-10-21', to: '2026-10-31' }] }))).toBe('Not compared: 21–31 Oct');
});

describe('pickedPeriod', () => {
  const month = (name: string, last: string) => ({ name, first: `${name}-01`, last, rows: [], rest: null, total: null, lacking: [] });
  const points = [month('2026-09', '2026-09-30'), month('2026-10', '2026-10-31'), month('2026-11', '2026-11-30')];
  const ledger = { firstDay: '2026-10-04', lastDay: '2026-11-20' };

  test('is what the points cover, as far as the ledger reaches', () => {
    expect(pickedPeriod(points, 1, 1, ledger)).toEqual({ from: '2026-10-04', to: '2026-10-31' });
    expect(pickedPeriod(points, 0, 2, ledger)).toEqual({ from: '2026-10-04', to: '2026-11-20' });
  });

  test('is none where the ledger has nothing of them', () => {
    expect(pickedPeriod(points, 0, 0, ledger)).toBeNull();
    expect(pickedPeriod(points, 0, 7, ledger)).toBeNull();
  });
});

describe('what is said of the data', () => {
  const provider = (name: string, lateDays: number, missingDays: string[] = [], ended = false) => ({ provider: name, firstDay: '2026-10-01', lastDay: '2026-11-20', importedAt: '', lines: 1, lateDays, ended, missingDays });

  test('the line names the one late provider and counts what else there is', () => {
    expect(dataLine([provider('AWS', 0)], '2026-11-20')).toBe('1 provider, charges through 20 Nov 2026');
    expect(dataLine([provider('AWS', 0, ['2026-10-04']), provider('', 2), provider('Oracle', 0, [], true)], '2026-11-20')).toBe('3 providers, charges through 20 Nov 2026 · No provider named 2 days late · 1 with missing days · 1 ended');
    expect(dataLine([provider('AWS', 1), provider('Azure', 2)], '2026-11-20')).toBe('2 providers, charges through 20 Nov 2026 · 2 late');
    expect([provider('', 0), provider('', 1), provider('', 0, [], true)].map(statusOf)).toEqual(['Most recent', '1 day late', 'Ended']);
  });

  test('days are listed as spans, the latest first', () => {
    expect(spansText(['2026-10-04', '2026-10-30', '2026-10-31', '2026-11-01'])).toBe('30 Oct – 1 Nov 2026, 4 Oct 2026');
    expect(spansText(['2026-10-01', '2026-10-03', '2026-10-05', '2026-10-07', '2026-10-09'])).toBe('9 Oct 2026, 7 Oct 2026, 5 Oct 2026 and 2 more spans');
  });
});
