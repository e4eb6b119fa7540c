import { expect, test } from 'vitest';

import { conditionFilter, readFilter } from '../../lib/filter';
import type { Found } from '../../lib/wire';
import { findCommands, foundCommand } from './commands';

const command = (label: string) => ({ id: label, group: 'Go to', label, run: () => undefined });

test('finds commands by the beginnings of their words, those that begin with the first on top', () => {
  const all = [command('Open workspace'), command('Charges'), command('Work')];
  expect(findCommands(all, 'work').map(({ label }) => label)).toEqual(['Work', 'Open workspace']);
  expect(findCommands(all, '')).toHaveLength(3);
});

function addressOf(found: Found, currency: string) {
  let address = { pathname: '', search: '' };
  foundCommand(found, currency, (to) => (address = to)).run();
  return { pathname: address.pathname, params: new URLSearchParams(address.search) };
}

test('a value that was found opens the page of it, filtered, in a currency that it has, over all time', () => {
  const account = { column: 'Account', value: '111', name: 'Web shop', lines: 3, currencies: ['EUR', 'USD'] };
  const { pathname, params } = addressOf(account, 'USD');
  expect(pathname).toBe('/');
  expect([params.get('period'), params.get('currency')]).toEqual(['all', 'USD']);
  expect(readFilter(params.get('where') ?? '')).toEqual(conditionFilter({ column: 'Account', op: 'in', values: ['111'] }));
  expect(addressOf(account, 'GBP').params.get('currency')).toBe('EUR');
  expect(addressOf({ ...account, column: 'ResourceId', currencies: [''] }, 'USD')).toMatchObject({ pathname: '/charges' });
});

test('an account is called by its name, with its id and charges beside', () => {
  const named = foundCommand({ column: 'Account', value: '111', name: 'Web shop', lines: 1, currencies: [] }, '', () => undefined);
  expect(named).toMatchObject({ label: 'Web shop', hint: '111 · 1 line', group: 'Account' });
  const plain = foundCommand({ column: 'InvoiceId', value: 'INV-1', name: '', lines: 2, currencies: [] }, '', () => undefined);
  expect(plain).toMatchObject({ label: 'INV-1', hint: '2 lines', group: 'Invoice' });
});
