import { expect, test } from 'vitest';

import { labelOf, problemText } from './labels';

test('a profile without workloads is asked for one in plain words', () => {
  expect(`${labelOf('workloads').label}: ${problemText('workloads', 'workloads must have a value')}`).toBe('Workloads: Add at least one.');
  expect(problemText('workloads', 'workloads must have 1 to 5000 entries, not 6000')).toBe('Must have 1 to 5000 entries, not 6000.');
  expect(problemText('workloads[0].name', 'workloads[0].name must have a value')).toBe('Must have a value.');
});
