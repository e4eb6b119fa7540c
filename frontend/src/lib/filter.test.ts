import { describe, expect, test } from 'vitest';

import { allOf, conditionFilter, everything, isEverything, narrowed, partsOf, readFilter, withConditions, withoutColumn } from './filter';
import type { Condition, Filter } from './wire';

const aws: Condition = { column: 'Provider', op: 'in', values: ['AWS'] };
const prod: Condition = { column: 'Tags/env', op: 'in', values: ['prod', null] };
const either: Filter = { kind: 'any', parts: [conditionFilter(aws), conditionFilter(prod)] };

describe('readFilter', () => {
  test('reads what was written', () => {
    const filter: Filter = { kind: 'all', parts: [conditionFilter(aws), { kind: 'not', parts: [either] }] };
    expect(readFilter(JSON.stringify(filter))).toEqual(filter);
    expect(readFilter('{"kind":"all"}')).toEqual({ kind: 'all', parts: [] });
  });

  test.each([
    ['no JSON', '{'],
    ['no filter', '"AWS"'],
    ['an unknown kind', '{"kind":"some"}'],
    ['a condition without column', '{"kind":"condition","condition":{"op":"in","values":["a"]}}'],
    ['an unknown operator', '{"kind":"condition","condition":{"column":"a","op":"near","values":["a"]}}'],
    ['a value that is no text', '{"kind":"condition","condition":{"column":"a","op":"in","values":[1]}}'],
    ['not with two parts', '{"kind":"not","parts":[{"kind":"all"},{"kind":"all"}]}'],
    ['one bad part', '{"kind":"all","parts":[{"kind":"all"},7]}'],
    ['too deep', '{"kind":"not","parts":['.repeat(101) + '{"kind":"all"}' + ']}'.repeat(101)],
  ])('answers null for %s', (_what, text) => {
    expect(readFilter(text)).toBeNull();
  });
});

test('narrowed keeps groups whole and flattens what must all hold', () => {
  expect(narrowed(everything, aws)).toEqual(conditionFilter(aws));
  expect(partsOf(narrowed(either, aws))).toEqual([either, conditionFilter(aws)]);
  expect(allOf([narrowed(everything, aws, prod), either]).parts).toHaveLength(3);
  expect(isEverything(allOf([everything, everything]))).toBe(true);
});

test('withConditions replaces a condition of the same column and operator', () => {
  const azure: Condition = { ...aws, values: ['Microsoft Azure'] };
  expect(withConditions(narrowed(either, aws, prod), [azure])).toEqual(narrowed(either, prod, azure));
  const not: Condition = { ...aws, op: 'not_in' };
  expect(partsOf(withConditions(conditionFilter(aws), [not]))).toHaveLength(2);
});

test('withoutColumn leaves out the conditions that must hold on it', () => {
  expect(withoutColumn(narrowed(either, aws, prod), 'Provider')).toEqual(narrowed(either, prod));
});
