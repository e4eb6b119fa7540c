import { expect, test } from 'vitest';

import type { Dimension } from '../../lib/wire';
import { conditionFilter } from '../../lib/filter';
import { canPreview, dimensionOf, draftOf, emptyDraft, missingOf, movedRules, newRule, previewed, takingOf, withTaking } from './model';

const where = conditionFilter({ column: 'Tags/team', op: 'not_in', values: [null] });
const from = { column: 'Tags/team', split: '', part: 0, capture: '', lowerCase: true };
const team: Dimension = { name: 'Team', description: 'Who pays', rules: [{ where, value: '', from }, { where, value: 'shop', from: null }], default: null };

test('a draft gives back its dimension', () => {
  expect(dimensionOf(draftOf(team))).toEqual(team);
  expect(dimensionOf({ ...draftOf(team), default: ' rest ', name: ' Team ' })).toEqual({ ...team, default: 'rest' });
});

test('a preview does not depend on names and texts', () => {
  const draft = draftOf(team);
  const renamed = { ...draft, name: 'Squad', default: 'x', rules: draft.rules.map((rule) => ({ ...rule, value: 'other' })) };
  expect(previewed(renamed)).toEqual(previewed(draft));
});

test('says what is missing', () => {
  expect(missingOf(emptyDraft())).toBe('The dimension needs a name.');
  const draft = draftOf(team);
  expect(missingOf(draft)).toBe('');
  expect(missingOf({ ...draft, rules: [...draft.rules, newRule()] })).toBe('Rule 3 gives no value yet.');
  const half = { ...draft, rules: [{ ...newRule(), from: { ...from, split: '-' } }] };
  expect([missingOf(half), canPreview(half)]).toEqual(['Rule 1 gives no value yet.', false]);
});

test('a value is taken in one way at a time', () => {
  expect(takingOf(from)).toBe('whole');
  expect(takingOf(withTaking(from, 'split'))).toBe('split');
  expect(withTaking(withTaking(from, 'split'), 'capture')).toMatchObject({ split: '', part: 0, lowerCase: true });
  expect(withTaking(withTaking(from, 'capture'), 'whole')).toEqual(from);
});

test('rules move by places and stay within the list', () => {
  const { rules } = draftOf({ ...team, rules: [1, 2, 3].map((n) => ({ where, value: String(n), from: null })) });
  const order = (by: number) => movedRules(rules, rules[1]!.id, by).map(({ value }) => value).join('');
  expect([order(-1), order(1), order(-9), order(9)]).toEqual(['213', '132', '213', '132']);
});
