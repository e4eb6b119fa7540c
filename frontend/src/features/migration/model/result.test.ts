import { expect, test } from 'vitest';

import { bestOf, headline, noneText, ordered, providerName, weighted } from './result';

test('a weighted part is exact', () => {
  expect([weighted(87.4, 30), weighted(100, 40), weighted(0.1, 10), weighted(0, 20)]).toEqual(['26.220', '40.000', '0.010', '0.000']);
});

test('the lower figure of an assumption comes first', () => {
  expect(ordered('10', '-3')).toEqual(['-3', '10']);
});

test('providers have their names', () => {
  expect(['aws', 'azure', 'gcp'].map(providerName)).toEqual(['AWS', 'Azure', 'Google Cloud']);
});

/** What the Go side says of a result in which no provider has a score. */
function unscored(reason: string | undefined, gate: string) {
  const provider = { provider: 'aws', eligible: gate === '', score: null, gates: gate === '' ? [] : [{ code: 'budget_monthly', subject: '', message: gate }] };
  return headline({ providers: [provider], recommendation: { provider: null, tooClose: false, ...(reason === undefined ? {} : { reason }) } });
}

test('an estate of which nothing could be priced has no recommendation', () => {
  expect(unscored('No workload could be priced.', '')).toEqual({ title: 'No workload could be priced', text: 'So no provider is recommended.' });
  expect(unscored('No provider meets the requirements.', 'Too dear.')).toEqual({ title: 'No provider meets the requirements', text: 'Too dear.' });
  // Results from before the reason was kept.
  expect(unscored(undefined, 'Too dear.').title).toBe('No provider meets the requirements');
  const one = { standing: [{ eligible: true, score: null }], made: { reason: 'No workload could be priced.' } };
  expect(bestOf(one)).toBeUndefined();
  expect(noneText(one)).toBe('No workload could be priced');
});
