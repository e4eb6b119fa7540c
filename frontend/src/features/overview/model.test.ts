import { describe, expect, test } from 'vitest';

import type { Answer } from '../../lib/wire';
import { breakdownRows, chartWindow, defaultGrain, moversOf } from './model';

function answer(amounts: Record<string, string | null>): Answer {
  const rows = Object.entries(amounts).map(([key, amount]) => ({ keys: [key], time: '', currency: 'USD', lines: 1, amounts: [amount] }));
  return { rows, totals: [], groups: rows.length };
}

describe('moversOf', () => {
  test('puts the largest change first, up or down, and leaves out what did not change', () => {
    const movers = moversOf(answer({ a: '10', b: '50', c: '7', d: '1' }), answer({ a: '5', b: '90', c: '7.00', e: '3' }), 9);
    expect(movers.map(({ keys, delta, state }) => [keys[0], delta.amount, state])).toEqual([
      ['b', '-40', 'changed'],
      ['a', '5', 'changed'],
      ['e', '-3', 'gone'],
      ['d', '1', 'new'],
    ]);
  });

  test('says nothing of an amount that is unknown', () => {
    expect(moversOf(answer({ a: null }), answer({ a: '5' }), 9)).toEqual([]);
  });
});

describe('breakdownRows', () => {
  const parts = { traits: new Map(), course: answer({}), times: ['2026-11-01'] };

  test('tells new, unknown and changed apart', () => {
    const rows = breakdownRows({ ...parts, current: answer({ a: '3', b: '2', c: '1' }), previous: answer({ a: '1', c: null }) });
    expect(rows.map(({ key, previous, isNew, delta }) => [key, previous, isNew, delta?.amount ?? null])).toEqual([
      ['a', '1', false, '2'],
      ['b', null, true, '2'],
      ['c', null, false, null],
    ]);
  });

  test('has no change when there is nothing to hold it against', () => {
    const [row] = breakdownRows({ ...parts, current: answer({ a: '3' }), previous: null });
    expect(row).toMatchObject({ isNew: false, delta: null, previous: null });
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
