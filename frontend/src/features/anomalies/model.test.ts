import { expect, test } from 'vitest';

import type { AnomalyInfo } from '../../lib/wire';
import { anomaliesTable, courseOf, describeCause, describePlace, linesOf, shownOf } from './model';

const anomaly: AnomalyInfo = {
  id: 'a1', kind: 'spike', currency: 'USD', firstDay: '2026-11-10', lastDay: '2026-11-11', expected: '100', actual: '160', impact: '60', monthOn: '900', cause: { price: '10', volume: '50', new: ['i-1'] },
  node: [{ column: 'Provider', value: 'AWS' }, { column: 'SubAccountId', value: '1' }, { column: 'ServiceName', value: 'EC2' }, { column: 'RegionId', value: null }],
  state: 'open', mutedBy: '', note: '', version: 0, changedBy: '', changedAt: '', where: { kind: 'all', parts: [] },
};

test('only open anomalies of the currency are listed unless all are asked for', () => {
  const others = [anomaly, { ...anomaly, id: 'b', state: 'muted' as const }, { ...anomaly, id: 'c', currency: 'EUR' }];
  expect(shownOf(others, 'USD', 'open').map(({ id }) => id)).toEqual(['a1']);
  expect(shownOf(others, 'USD', 'all').map(({ id }) => id)).toEqual(['a1', 'b']);
});

test('a place begins with the service, and says where a level has no value', () => {
  expect(describePlace(anomaly.node, () => 'Shop')).toMatch(/^EC2 · Shop · 1 · no region · AWS$/);
  expect(describePlace(anomaly.node, () => 'Shop', true)).toBe('EC2 · Shop · no region · AWS');
  expect(describePlace(anomaly.node, () => '', true)).toBe('EC2 · 1 · no region · AWS');
});

test('the cause says what raised or lowered the cost', () => {
  expect(describeCause(anomaly)).toBe('Unit prices are higher and more was used. New: i-1.');
  expect(describeCause({ ...anomaly, impact: '-60', cause: { price: '0', volume: '-60', new: [] } })).toBe('Less was used.');
});

test('the course marks the days of the anomaly, and knows no band where nothing is known', () => {
  const day = (at: string, low: string | null) => ({ day: at, cost: '80', expected: '50', low, high: low });
  const course = courseOf([day('2026-11-09', null), day('2026-11-10', '40')], anomaly);
  expect(course.points.map(({ amounts }) => amounts[2])).toEqual([null, '80']);
  expect(course.low).toEqual([null, '40']);
});

test('charge lines of its days, and the table with all digits', () => {
  expect(linesOf(anomaly).search).toContain('from=2026-11-10&to=2026-11-11&currency=USD');
  const table = anomaliesTable([anomaly], '2026-11-20');
  expect(table.rows[0]).toHaveLength(table.columns.length);
});
