import { expect, test } from 'vitest';

import { ordered, providerName, weighted } from './result';

test('a weighted part is exact', () => {
  expect([weighted(87.4, 30), weighted(100, 40), weighted(0.1, 10), weighted(0, 20)]).toEqual(['26.220', '40.000', '0.010', '0.000']);
});

test('the lower figure of an assumption comes first', () => {
  expect(ordered('10', '-3')).toEqual(['-3', '10']);
});

test('providers have their names', () => {
  expect(['aws', 'azure', 'gcp'].map(providerName)).toEqual(['AWS', 'Azure', 'Google Cloud']);
});
