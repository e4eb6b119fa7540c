import { expect, test } from 'vitest';

import { compareFrozen, describePlanned, missingOf, newPlanned, sentOf } from './planned';

const form = newPlanned('2026-12-01', 'USD', 'Production');

test('only what a kind has is sent', () => {
  const filled = { ...form, name: 'x', monthly: '10', percent: '5', commitment: 'c' };
  expect(sentOf(filled)).toMatchObject({ monthly: '10', currency: 'USD', percent: '', commitment: '', scope: 'Production' });
  expect(sentOf({ ...filled, kind: 'price' })).toMatchObject({ monthly: '', currency: '', percent: '5' });
  expect(sentOf({ ...filled, kind: 'renewal' })).toMatchObject({ monthly: '', percent: '', commitment: 'c', scope: '' });
});

test('what is missing is said, one thing at a time', () => {
  expect(missingOf(form)).toBe('Give the change a name.');
  expect(missingOf({ ...form, name: 'Shop', monthly: '0' })).toMatch(/amount a month/);
  expect(missingOf({ ...form, name: 'Shop', monthly: '2400' })).toBeNull();
  expect(missingOf({ ...form, name: 'Off', kind: 'shutdown' })).toBeNull();
});

test('a change in words', () => {
  expect(describePlanned({ ...form, monthly: '2400' })).toBe('+2,400.00 USD a month, from 1 Dec 2026');
  expect(describePlanned({ ...form, kind: 'shutdown' })).toBe('All of the charges end, from 1 Dec 2026');
  expect(describePlanned({ ...form, kind: 'price', percent: '-8' })).toBe('−8 %, from 1 Dec 2026');
});

test('a month of a frozen forecast is compared once it is over', () => {
  const month = { month: '2026-11', forecast: '100', low80: '90', high80: '110', actual: '105', complete: true };
  const within = (amount: string, low: string, high: string) => Number(amount) >= Number(low) && Number(amount) <= Number(high);
  expect([compareFrozen(month, within), compareFrozen({ ...month, actual: '120' }, within), compareFrozen({ ...month, complete: false }, within), compareFrozen({ ...month, actual: null }, within)])
    .toEqual(['Within the 80 % range', 'Outside the 80 % range', 'In progress', 'Not started']);
});
