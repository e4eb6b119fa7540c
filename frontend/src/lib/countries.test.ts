import { expect, test } from 'vitest';

import { countryLabel, findCountries } from './countries';

test('a country is found by its name and its code', () => {
  expect(countryLabel('DE')).toBe('Germany (DE)');
  expect(countryLabel('Utopia')).toBe('Utopia');
  const codes = ['BD', 'CH', 'DE', 'DK', 'SE'];
  expect(findCountries(codes, 'de')[0]).toBe('DE');
  expect(findCountries(codes, 'switz')).toEqual(['CH']);
  expect(findCountries(codes, '')).toEqual(codes);
});
