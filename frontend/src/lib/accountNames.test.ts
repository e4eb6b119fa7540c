import { expect, test } from 'vitest';

import { accountNamesOf, noAccountNames, describeNamedAccount, valueNamesOf } from './accountNames';

test('a name is found however an export spells the id', () => {
  const nameOf = accountNamesOf([{ id: '100', name: 'Contoso' }]);
  expect(nameOf('100')).toBe('Contoso');
  expect(nameOf('/providers/Microsoft.Billing/billingAccounts/100')).toBe('Contoso');
  expect(nameOf('200')).toBe('');
  expect(nameOf('')).toBe('');
  expect(noAccountNames('100')).toBe('');
});

test('only accounts have names beside their values', () => {
  const nameOf = valueNamesOf({ accounts: [{ id: '1', name: 'shop-prod' }], billingAccounts: [{ id: '1', name: 'Payer' }] });
  expect(nameOf('Account', '1')).toBe('shop-prod');
  expect(nameOf('BillingAccount', '1')).toBe('Payer');
  expect(nameOf('Provider', '1')).toBe('');
});

test('the name stands before the id', () => {
  expect(describeNamedAccount('100', 'Harbour & Pine')).toBe('Harbour & Pine · 100');
  expect(describeNamedAccount('100', '')).toBe('100');
});
