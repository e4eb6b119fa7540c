import { expect, test } from 'vitest';

import { rebalanced } from './whatIf';

test('other weights make room in proportion, and all always sum to 100', () => {
  const weights = { cost: 40, services: 30, compliance: 20, performance: 10 };
  expect(rebalanced(weights, 'cost', 70)).toEqual({ cost: 70, services: 15, compliance: 10, performance: 5 });
  expect(rebalanced({ cost: 100, services: 0, compliance: 0, performance: 0 }, 'cost', 40)).toEqual({ cost: 40, services: 20, compliance: 20, performance: 20 });
  for (let value = 0; value <= 100; value += 1) {
    const next = rebalanced({ cost: 33, services: 33, compliance: 33, performance: 1 }, 'compliance', value);
    expect(Object.values(next).reduce((sum, one) => sum + one, 0)).toBe(100);
    expect(Math.min(...Object.values(next))).toBeGreaterThanOrEqual(0);
  }
});
