import { expect, test } from 'vitest';

import { billKey, currenciesOf, metricLabel, metricsOf, sameName, describeBill, totalOf } from './bill';

const totals = [
  { currency: 'USD', metric: 'unblended', amount: '3' },
  { currency: 'USD', metric: 'EffectiveCost', amount: '2' },
  { currency: 'EUR', metric: 'BilledCost', amount: '1' },
];

test('bills are named by provider, account and month', () => {
  expect(describeBill({ provider: 'AWS', billingAccount: '1', month: '2026-10' })).toBe('AWS, account 1, Oct 2026');
  expect(describeBill({ provider: 'AWS', billingAccount: '1', month: '2026-10' }, 'Example payer')).toBe('AWS, Example payer (1), Oct 2026');
  expect(describeBill({ provider: '', billingAccount: '', month: '2026-10' })).toBe('No provider named, no account named, Oct 2026');
});

test('keys distinguish bills whatever their names contain', () => {
  expect(billKey({ provider: 'a', billingAccount: 'b","c', month: '2026-10' })).not.toBe(billKey({ provider: 'a","b', billingAccount: 'c', month: '2026-10' }));
});

test('keys do not depend on how an export spells provider and account', () => {
  const bill = { provider: 'Microsoft', billingAccount: '/providers/Microsoft.Billing/billingAccounts/AB1', month: '2026-10' };
  expect(billKey(bill)).toBe(billKey({ ...bill, provider: 'microsoft', billingAccount: 'ab1' }));
  expect(sameName(bill.billingAccount, 'ab1')).toBe(true);
  expect(sameName(bill.billingAccount, '')).toBe(false);
});

test('a measure that a bill does not have is unknown, not zero', () => {
  expect(totalOf(totals, 'BilledCost', 'EUR')).toBe('1');
  expect(totalOf(totals, 'BilledCost', 'USD')).toBeNull();
});

test('FOCUS costs come before the measures of the provider', () => {
  expect(metricsOf(totals)).toEqual(['BilledCost', 'EffectiveCost', 'unblended']);
  expect(currenciesOf(totals)).toEqual(['EUR', 'USD']);
  expect(['BilledCost', 'net_unblended', 'unblended', 'myCost'].map(metricLabel)).toEqual(['Billed', 'Net unblended', 'Unblended', 'My cost']);
});
