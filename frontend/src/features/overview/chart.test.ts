import { describe, expect, test } from 'vitest';

import { everything } from '../../lib/filter';
import type { Spend } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { breakdownHeat, breakdownSlices, courseChart, roundsToZero } from './chart';

const scope = { metric: 'EffectiveCost', currency: 'USD', where: everything, from: '2026-11-01', to: '2026-11-05', base: 'none' as const, compareFrom: '', compareTo: '' };

async function chartOf(change: (spend: Spend) => Spend, grain: 'day' | 'month' = 'day') {
  const { ledger } = createRecordedBridge('overview');
  const [spend] = await ledger.Spend([{ ...scope, column: 'ServiceName', nameColumn: '', beside: [], top: 2, sort: 'amount', up: false, grain, context: true }]);
  if (!spend) throw new Error('there is no answer');
  return { spend, chart: courseChart({ column: 'ServiceName', spend: change(spend) }, grain, scope) };
}

test.each([
  ['credits that cancel the usage', ['0.0000000001', '0', null], true],
  ['a cent', ['0', '0.01'], false],
  ['an unknown cost', ['unknown', '0'], false],
  ['no data', [null, null], false],
])('roundsToZero: %s', (_, amounts, zero) => {
  expect(roundsToZero([{ time: '', tick: '', label: '', total: null, context: false, amounts }], 'USD')).toBe(zero);
});

describe('courseChart', () => {
  test('draws what was answered: each row, the rest as Other, and shares', async () => {
    const { spend, chart } = await chartOf((spend) => spend);
    expect(chart.series.map(({ label }) => label)).toEqual([...spend.rows.map(({ key }) => key), 'Other']);
    const point = spend.series?.points.find(({ name }) => name === '2026-11-04');
    expect(chart.points.find(({ time }) => time === '2026-11-04')).toMatchObject({ amounts: [...(point?.rows ?? []), point?.rest], total: point?.total, context: false });
    expect(chart.shares).toHaveLength(chart.series.length);
    expect(chart.shares[0]).toMatch(/^\d+ %$/);
  });

  test('has the shares of what is drawn, which are not those of the period', async () => {
    const { chart } = await chartOf((spend) => ({ ...spend, series: spend.series && { ...spend.series, shares: ['0.5', '0.3'], restShare: '0.2' } }));
    expect(chart.shares).toEqual(['50 %', '30 %', '20 %']);
  });

  test('has an Other where only days outside the period have more', async () => {
    const { chart } = await chartOf((spend) => ({ ...spend, rest: null }));
    expect(chart.series.at(-1)?.label).toBe('Other');
    expect(chart.shares.at(-1)).toMatch(/^−?\d+ %$/);
  });

  test('names a value that only days outside the period have', async () => {
    const { chart } = await chartOf((spend) => {
      const series = spend.series && { ...spend.series, further: spend.rows.slice(1).map((row) => ({ ...row, key: 'Gone', name: 'A name', share: '' })) };
      return { ...spend, rows: spend.rows.slice(0, 1), series };
    });
    expect(chart.series.map(({ label }) => label)).toEqual([chart.series[0]?.label, 'A name', 'Other']);
  });

  test('distinguishes a day without data from one that cost nothing', async () => {
    const { chart } = await chartOf((spend) => {
      const points = (spend.series?.points ?? []).map((point, at) => (at === 0 ? { ...point, rows: point.rows.map(() => null), rest: null, total: null } : at === 1 ? { ...point, total: '0' } : point));
      return { ...spend, series: spend.series && { ...spend.series, points } };
    });
    expect(chart.points.slice(0, 2).map(({ total }) => total)).toEqual([null, '0']);
  });

  test('has no amount for a provider without data, which is not a cost of zero', async () => {
    const { spend } = await chartOf((spend) => spend);
    const rows = spend.rows.map((row, at) => (at === 0 ? { ...row, key: 'AWS', name: null } : row));
    const points = (spend.series?.points ?? []).map((point) => ({ ...point, rows: point.rows.map(() => '0') }));
    const chart = courseChart({ column: 'Provider', spend: { ...spend, rows, series: spend.series && { ...spend.series, points } } }, 'day', scope);
    expect(chart.points.filter(({ time }) => time === '2026-10-04' || time === '2026-11-04').map(({ amounts }) => amounts[0])).toEqual([null, '0']);
  });

  test('says of a step what it lacks', async () => {
    const { chart } = await chartOf((spend) => spend);
    expect(chart.points.find(({ time }) => time === '2026-10-04')?.incomplete).toBe('AWS missing');
    const months = await chartOf((spend) => spend, 'month');
    expect(months.chart.points.map(({ incomplete }) => incomplete)).toEqual(['AWS with days missing', 'to 5 Nov']);
  });
});

test('a heat map has the figures of the course, row by row, with the months by their full names', async () => {
  const { spend, chart } = await chartOf((spend) => spend, 'month');
  const heat = breakdownHeat('ServiceName', { ...spend, series: spend.series && { ...spend.series, grain: 'month' } }, scope);
  expect(heat.columns.map(({ label }) => label)).toEqual(['October 2026', 'November 2026']);
  expect(heat.rows.map(({ label }) => label)).toEqual(chart.series.map(({ label }) => label));
  expect(heat.rows[0]?.amounts).toEqual(chart.points.map(({ amounts }) => amounts[0]));
});

test('a part without a known amount is no piece of the whole, and what is left is one', () => {
  const row = (key: string | null, amount: string | null) => ({ key, name: null, beside: [], lines: 1, amount, share: '', compared: null, before: null, change: null, relative: '', new: false, gone: false });
  const slices = breakdownSlices('ServiceName', { rows: [row('EC2', '12'), row(null, '3'), row('S3', null)], rest: row(null, '1.5') });
  expect(slices.map(({ label, amount }) => [label, amount])).toEqual([
    ['EC2', '12'],
    ['No service', '3'],
    ['Other', '1.5'],
  ]);
});
