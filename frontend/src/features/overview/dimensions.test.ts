import { expect, test } from 'vitest';

import { dimensionOf, idOfColumn, labelInText, usualIds } from './dimensions';

test('a usual thing and its column are the same choice', () => {
  expect(usualIds.map((id) => idOfColumn(dimensionOf(id).column))).toEqual([...usualIds]);
  expect(idOfColumn('Tags/env')).toBe('Tags/env');
});

test('a name inside a sentence is written as the person knows it', () => {
  expect(['service', 'sku', 'Tags/Env', 'Dim/Team', 'PricingUnit'].map((id) => labelInText(dimensionOf(id)))).toEqual(['service', 'SKU', 'tag Env', 'Team', 'pricing unit']);
});
