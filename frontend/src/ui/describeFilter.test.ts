import { expect, test } from 'vitest';

import { conditionFilter } from '../lib/filter';
import type { Condition, Filter } from '../lib/wire';
import { describeFilter } from './describeFilter';

const nameOf = (column: string, value: string) => (column === 'Account' && value === '111122223333' ? 'Shop' : '');
const described = (condition: Condition) => describeFilter(conditionFilter(condition), nameOf);

test('says a condition in words', () => {
  expect(described({ column: 'ServiceName', op: 'in', values: ['Amazon S3', 'BigQuery'] })).toBe('Service is Amazon S3 or BigQuery');
  expect(described({ column: 'ServiceName', op: 'not_in', values: ['a', 'b', 'c', 'd'] })).toBe('Service is not a or b or 2 more');
  expect(described({ column: 'Account', op: 'in', values: ['111122223333'] })).toBe('Account is Shop');
  expect(described({ column: 'Tags/team', op: 'in', values: [null] })).toBe('Tag team is empty');
  expect(described({ column: 'Tags/team', op: 'not_in', values: [null] })).toBe('Tag team is not empty');
  expect(described({ column: 'BilledCost', op: 'at_least', values: ['100'] })).toBe('Billed cost ≥ 100');
  expect(described({ column: 'ChargePeriodStart', op: 'less', values: ['2026-10-15'] })).toBe('Charge period before 2026-10-15');
  expect(described({ column: 'Dim/Team', op: 'in', values: ['shop'] })).toBe('Team is shop');
});

test('puts groups in parentheses and says what is not', () => {
  const a = conditionFilter({ column: 'Provider', op: 'in', values: ['AWS'] });
  const b = conditionFilter({ column: 'RegionId', op: 'starts_with', values: ['eu-'] });
  const either: Filter = { kind: 'any', parts: [a, b] };
  expect(describeFilter({ kind: 'all', parts: [a, either] }, nameOf)).toBe('Provider is AWS and (Provider is AWS or Region starts with eu-)');
  expect(describeFilter({ kind: 'not', parts: [b] }, nameOf)).toBe('Region does not start with eu-');
  expect(describeFilter({ kind: 'not', parts: [either] }, nameOf)).toBe('not (Provider is AWS or Region starts with eu-)');
  expect(describeFilter({ kind: 'not', parts: [conditionFilter({ column: 'Tags/team', op: 'in', values: [null] })] }, nameOf)).toBe('Tag team is not empty');
  expect(describeFilter({ kind: 'all' }, nameOf)).toBe('every charge');
});
