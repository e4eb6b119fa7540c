import { expect, test } from 'vitest';

import { isWithinDay, describeEnd, describePeriod, describeStart } from './instants';

test('a whole day is a day, however its times are spelled', () => {
  for (const [start, end] of [
    ['2026-11-12T00:00:00Z', '2026-11-13T00:00:00Z'],
    ['2026-11-12', '2026-11-13'],
    ['2026-11-12T00:00Z', '2026-11-12T23:59:59Z'],
    ['2026-11-12 00:00:00.000 UTC', '2026-11-13T00:00:00.000+00:00'],
    ['2026-11-12T02:00:00+02:00', '2026-11-13T02:00:00+0200'],
  ] as const) {
    expect(describePeriod(start, end)).toBe('12 Nov 2026');
  }
});

test('hours are shown where the period is not whole days', () => {
  expect(describePeriod('2026-11-12T13:00:00Z', '2026-11-12T14:00:00Z')).toBe('12 Nov 2026 13:00–14:00');
  expect(describePeriod('2026-11-12T13:00:00Z', '2026-11-12T13:59:59Z')).toBe('12 Nov 2026 13:00–14:00');
  expect(describePeriod('2026-11-12T23:00:00Z', '2026-11-13T00:00:00Z')).toBe('12 Nov 2026 23:00–24:00');
  expect(describePeriod('2026-11-12T00:00:00Z', '2026-11-12T01:00:00Z')).toBe('12 Nov 2026 00:00–01:00');
  expect(describePeriod('2026-11-12T22:00:00Z', '2026-11-13T02:00:00Z')).toBe('12 Nov 2026 22:00 – 13 Nov 2026 02:00');
  expect(describePeriod('2026-11-12T13:00:30Z', '2026-11-12T14:00:00Z')).toBe('12 Nov 2026 13:00:30–14:00');
});

test('longer periods end on their last day', () => {
  expect(describePeriod('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z')).toBe('Nov 2026');
  expect(describePeriod('2026-11-12T00:00:00Z', '2026-11-15T00:00:00Z')).toBe('12–14 Nov 2026');
});

test('without a usable end the start stands alone', () => {
  expect(describePeriod('2026-11-12T13:00:00Z', null)).toBe('12 Nov 2026 13:00');
  expect(describePeriod('2026-11-12T00:00:00Z', '2026-11-12T00:00:00Z')).toBe('12 Nov 2026');
  expect(describePeriod('2026-11-12', '2026-11-10')).toBe('12 Nov 2026');
  expect(describePeriod('soon', '2026-11-10')).toBe('soon');
});

test('ends are written as the last day', () => {
  expect(describeEnd('2026-12-01T00:00:00Z')).toBe('30 Nov 2026');
  expect(describeEnd('2026-11-12T23:59:59Z')).toBe('12 Nov 2026');
  expect(describeEnd('2026-11-12T14:00:00Z')).toBe('12 Nov 2026 14:00');
  expect(describeEnd('later')).toBe('later');
  expect(describeStart('2026-11-01T05:30:00Z')).toBe('1 Nov 2026 05:30');
});

test('a time within the day is distinguished from midnight', () => {
  expect(isWithinDay('2026-11-12T13:00:00Z')).toBe(true);
  expect(isWithinDay('2026-11-12T00:00:00Z')).toBe(false);
  expect(isWithinDay('2026-11-12')).toBe(false);
  expect(isWithinDay(null)).toBe(false);
});
