import { expect, test } from 'vitest';

import { accountNamesOf, noAccountNames, tellNamedAccount } from './accountNames';

test('an account has its newest name, however an export spells its id', () => {
  const nameOf = accountNamesOf([{ keys: ['100', 'Old name'] }, { keys: ['/providers/Microsoft.Billing/billingAccounts/100', 'New name'] }, { keys: ['200', null] }, { keys: [null, 'Nobody'] }]);
  expect(nameOf('100')).toBe('New name');
  expect(nameOf('200')).toBe('');
  expect(nameOf('')).toBe('');
  expect(noAccountNames('100')).toBe('');
});

test('a name that repeats the id is none', () => {
  expect(accountNamesOf([{ keys: ['ab-1', 'AB-1'] }])('ab-1')).toBe('');
});

test('the name stands before the id', () => {
  expect(tellNamedAccount('100', 'Harbour & Pine')).toBe('Harbour & Pine · 100');
  expect(tellNamedAccount('100', '')).toBe('100');
});
