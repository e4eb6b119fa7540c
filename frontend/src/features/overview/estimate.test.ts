import { expect, test } from 'vitest';

import type { EstimateInfo } from '../../lib/wire';
import type { CourseChart } from './chart';
import { describeEstimate, withEstimate } from './estimate';

const point = (time: string) => ({ time, tick: time, label: time, amounts: ['5'], total: '5', context: false });
const chart: CourseChart = { series: [{ id: 'aws', label: 'AWS', color: 'red' }], points: [point('2026-11-18'), point('2026-11-19')], shares: ['100 %'] };
const estimate = (days: string[]): EstimateInfo => ({
  metric: 'EffectiveCost',
  currency: 'USD',
  days: days.map((day) => ({ day, amount: '10.5', low80: '9', high80: '12' })),
  sets: [
    { provider: 'AWS', account: '1', from: '2026-11-19', to: '2026-11-21', amount: '31.5', refused: '', error: '0.0612' },
    { provider: 'Azure', account: '2', from: '2026-11-20', to: '2026-11-21', amount: '0', refused: 'The history has 9 complete days.', error: '' },
  ],
});

test('an estimate is a series of its own, on days that are there and on those that follow, and in no total', () => {
  const drawn = withEstimate(chart, estimate(['2026-11-19', '2026-11-20', '2026-11-21']));
  expect(drawn.series.at(-1)).toMatchObject({ id: 'estimate', style: 'estimate' });
  expect(drawn.points.map(({ time, amounts, total }) => [time, ...amounts, total])).toEqual([
    ['2026-11-18', '5', null, '5'],
    ['2026-11-19', '5', '10.5', '5'],
    ['2026-11-20', null, '10.5', null],
    ['2026-11-21', null, '10.5', null],
  ]);
  expect(drawn.points[3]).toMatchObject({ empty: true, emptyText: 'estimated' });
  expect(drawn.points[3]?.note).toContain('80 % range');
});

test('a chart of an earlier time gets no days that do not follow it', () => {
  expect(withEstimate(chart, estimate(['2026-11-25']))).toEqual(chart);
});

test('says what is estimated, how sure that is, and why something is not', () => {
  const [text, refused] = describeEstimate(estimate(['2026-11-20']));
  expect(text).toContain('Estimate of AWS for 19–21 Nov 2026: 31.50 USD');
  expect(text).toContain('off by 6 %');
  expect(refused).toBe('No estimate of Azure 2: The history has 9 complete days.');
  expect(describeEstimate({ ...estimate([]), sets: [] })).toEqual(['Nothing is estimated: the data of each provider reaches yesterday, or is too old.']);
});
