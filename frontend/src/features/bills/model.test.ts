import { describe, expect, test } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { billKey } from '../../lib/bill';
import type { BillInfo, BillVersion } from '../../lib/wire';
import { billConditions, countedExports, countsAll, describeUncounted, exportChoices, mainCurrency, matchesFilter, neighbour, newestVersions, predecessorOf, valuesOf } from './model';

function version(importId: number, more: Partial<BillVersion> = {}): BillVersion {
  return { importId, importedAt: '2026-11-20T10:00:00Z', user: 'nora', export: 'focus', part: '', formats: ['focus-csv'], formatNames: ['FOCUS CSV'], files: [`/a/${importId}.csv`], state: 'counted', stateTitle: 'Counted', replacedBy: null, lines: 1, firstDay: '2026-10-01', lastDay: '2026-10-31', totals: [], ...more };
}

function bill(...versions: BillVersion[]): BillInfo {
  return { provider: 'AWS', billingAccount: '1', month: '2026-10', lines: 1, lastDay: '2026-10-31', totals: [], sourceOfRecord: '', countedUnder: null, versions };
}

describe('what a version took the place of', () => {
  test('is the next older one of the same export that is still held', () => {
    const info = bill(version(4), version(3, { state: 'undone' }), version(2, { export: 'aws-cur', state: 'excluded' }), version(1, { state: 'replaced', replacedBy: 4 }));
    expect(info.versions.map((one) => predecessorOf(info, one)?.importId ?? null)).toEqual([1, null, null, null]);
  });

  test('is never another view of an export, and named once an import', () => {
    const azure = (importId: number, part: string) => version(importId, { export: 'azure-export', part });
    const info = bill(azure(3, 'actual'), azure(3, 'actual/commitments'), azure(2, 'amortized'), azure(1, 'actual'));
    expect(info.versions.map((one) => predecessorOf(info, one)?.importId ?? null)).toEqual([1, null, null, null]);
  });
});

describe('which export can be used', () => {
  const usable = (info: BillInfo) => exportChoices(info).map(({ exportName, used, canUse }) => [exportName, used, canUse]);
  const counted = version(2);
  const excluded = version(1, { export: 'aws-cur', state: 'excluded' });

  test('is one that is not counted', () => {
    expect(usable(bill(counted, excluded))).toEqual([['focus', true, false], ['aws-cur', false, true]]);
    expect(usable(bill(excluded, counted)).map(([name]) => name)).toEqual(['focus', 'aws-cur']);
  });

  test('is each of those that count together', () => {
    const both = { ...bill(counted, { ...excluded, state: 'counted' }), sourceOfRecord: '*' };
    expect(usable(both)).toEqual([['focus', true, true], ['aws-cur', true, true]]);
    expect(countsAll(both)).toBe(true);
  });

  test('is no other view of the export that counts', () => {
    const view = version(1, { part: 'actual', state: 'excluded' });
    const info = bill(version(2, { part: 'amortized' }), view);
    expect(usable(info)).toEqual([['focus', true, false]]);
  });
});

test('a bill of which nothing counts says so, and where its charges are counted', () => {
  const idle = bill(version(1, { state: 'replaced', replacedBy: 2 }));
  expect(describeUncounted(idle, () => '')).toBe('Not counted: its imports were undone or replaced.');
  expect(describeUncounted({ ...idle, countedUnder: { provider: 'AWS', billingAccount: '9', month: '2026-10' } }, () => 'Acme')).toBe('Not counted: the same charges are counted under AWS, Acme (9), Oct 2026.');
  expect(newestVersions(idle)).toHaveLength(1);
  expect(countedExports(bill(version(1, { state: 'undone' })))).toBe('Nothing');
});

test('filters narrow by each part and by import; what is named "" is a name too', () => {
  const info = { ...bill(version(4)), billingAccount: '' };
  const open = { month: null, provider: null, account: null, importId: null };
  expect(matchesFilter(info, open)).toBe(true);
  expect(matchesFilter(info, { ...open, account: '' })).toBe(true);
  expect(matchesFilter(info, { ...open, provider: 'Microsoft' })).toBe(false);
  expect(matchesFilter({ ...info, billingAccount: '/accounts/1' }, { ...open, account: '1' })).toBe(true);
  expect([4, 5].map((importId) => matchesFilter(info, { ...open, importId }))).toEqual([true, false]);
});

test('a row is in the currency most of the ledger is in', () => {
  const info = { ...bill(version(1)), totals: ['CHF', 'EUR'].map((currency) => ({ currency, month: '2026-10', metric: 'BilledCost', amount: '1' })) };
  expect(mainCurrency(info, ['USD', 'EUR'])).toBe('EUR');
  expect(mainCurrency(info, ['USD'])).toBe('CHF');
  expect(mainCurrency(bill(), ['USD'])).toBe('');
});

describe('the lines of a bill', () => {
  const of = (provider: string, billingAccount: string) => billConditions({ provider, billingAccount, month: '2026-10' }).map((one) => [one.column, one.op, ...one.values]);

  test('are those of its provider, account and month', () => {
    expect(of('AWS', '1')).toEqual([['Provider', 'in', 'AWS'], ['BillingAccount', 'in', '1'], ['BillingPeriodStart', 'contains', '2026-10']]);
  });

  test('without an account or a provider are those that name none', () => {
    expect(of('', '')).toEqual([['BillingAccount', 'in', null], ['BillingPeriodStart', 'contains', '2026-10']]);
  });
});

test('months run from the newest, and neighbours follow the table', async () => {
  const bills = await createRecordedBridge('invoices').bills.List();
  const months = valuesOf(bills, 'month');
  expect(months[0]).toBe('2026-11');
  const [first, second] = bills;
  expect(neighbour(bills, first ? billKey(first) : '', 1)).toBe(second);
  expect(neighbour(bills, 'gone', 1)).toBeNull();
});
