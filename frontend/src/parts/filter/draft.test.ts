import { expect, test } from 'vitest';

import { conditionFilter, everything } from '../../lib/filter';
import type { Filter } from '../../lib/wire';
import { allComplete, draftOf, filterOf, newGroup, newRow, relationsOf } from './draft';

const aws = conditionFilter({ column: 'Provider', op: 'in', values: ['AWS'] });
const eu = conditionFilter({ column: 'RegionId', op: 'starts_with', values: ['eu-'] });
const large = conditionFilter({ column: 'BilledCost', op: 'at_least', values: ['100'] });
const none = conditionFilter({ column: 'Tags/team', op: 'in', values: [null] });

const filters: [string, Filter][] = [
  ['every charge', everything],
  ['one condition', aws],
  ['no value', none],
  ['all of', { kind: 'all', parts: [aws, eu, large] }],
  ['any in all', { kind: 'all', parts: [aws, { kind: 'any', parts: [eu, none] }] }],
  ['a negated condition', { kind: 'not', parts: [eu] }],
  ['none of', { kind: 'not', parts: [{ kind: 'any', parts: [aws, eu] }] }],
  ['not all of', { kind: 'not', parts: [{ kind: 'all', parts: [aws, eu] }] }],
  ['a comparison that is negated', { kind: 'not', parts: [large] }],
  ['groups in groups', { kind: 'any', parts: [{ kind: 'all', parts: [aws, { kind: 'not', parts: [{ kind: 'any', parts: [eu, large] }] }] }, none] }],
];

test.each(filters)('a draft gives back its filter: %s', (_what, filter) => {
  expect(filterOf(draftOf(filter))).toEqual(filter);
});

test('a condition that asks for what is not has a relation of its own', () => {
  const [row] = draftOf({ kind: 'not', parts: [eu] }).items;
  expect(row).toMatchObject({ column: 'RegionId', relation: 'not_starts_with', values: ['eu-'] });
  const [empty] = draftOf(none).items;
  expect(empty).toMatchObject({ relation: 'empty', values: [] });
});

test('rows that are not complete are left out, and said to be missing', () => {
  const draft = draftOf(aws);
  const more = { ...draft, items: [...draft.items, newRow(), newGroup('any')] };
  expect(allComplete(draft)).toBe(true);
  expect(allComplete(more)).toBe(false);
  expect(filterOf(more)).toEqual(aws);
});

test('a column offers the relations that fit its values', () => {
  expect(relationsOf('number')).not.toContain('contains');
  expect(relationsOf('text')).not.toContain('less');
  expect(relationsOf('open')).toEqual(expect.arrayContaining(['matches', 'less']));
});
