import { expect, test } from 'vitest';

import { lineColumns } from './columns';
import { groupColumns } from './groups';
import { askedColumns, columnsOf, defaultColumns, jsonPairs, describeTime, describeValue } from './model';

const column = (name: string) => ({ name, focus: true, kind: 'text' as const });

test('a charge period shows its hours where it is not whole days', () => {
  const columns = ['ChargePeriodStart', 'ChargePeriodEnd', 'BillingPeriodEnd'];
  const row = { at: new Map(columns.map((name, index) => [name, index])), cells: ['2026-11-01T05:00:00Z', '2026-11-01T06:00:00Z', '2026-12-01T00:00:00Z'] };
  expect(columns.map((name) => describeTime(row, name))).toEqual(['1 Nov 2026 05:00–06:00', '1 Nov 2026 06:00', '30 Nov 2026']);
  expect(askedColumns(['ChargePeriodStart', 'BilledCost'], [column('ChargePeriodStart'), column('ChargePeriodEnd')])).toEqual(['ChargePeriodStart', 'BilledCost', 'ChargePeriodEnd']);
  expect(askedColumns(['ChargePeriodStart'], [column('ChargePeriodStart')])).toEqual(['ChargePeriodStart']);
});

test('only JSON objects are shown in pairs', () => {
  expect(jsonPairs('{"team":"web","n":1}')).toEqual([['team', 'web'], ['n', '1']]);
  expect(jsonPairs('[1]')).toBeNull();
  expect(jsonPairs('{broken')).toBeNull();
});

test('provider and account are read from all columns that name them', () => {
  const all = columnsOf({ dimensions: ['Provider', 'Account'], columns: [column('ProviderName'), column('ServiceName')] }, [{ name: 'Team', problem: '' }, { name: 'Broken', problem: 'It cannot be read.' }]);
  expect(all.map(({ name }) => name)).toEqual(['Provider', 'Account', 'Dim/Team', 'ProviderName', 'ServiceName']);
  expect(defaultColumns(all)).toEqual(['Provider', 'Account', 'ServiceName']);
  expect(defaultColumns([column('Custom')])).toEqual(['Custom']);
  expect(defaultColumns(['Provider', 'ServiceName', 'EffectiveCost', 'ChargePeriodStart'].map(column), true)).toEqual(['ChargePeriodStart', 'ServiceName', 'EffectiveCost', 'Provider']);
});

test('an account is shown by its name, and found by it', () => {
  const row = { at: new Map([['Account', 0]]), cells: ['111122223333'] };
  const nameOf = (name: string) => (name === 'Account' ? 'payments-prod' : '');
  const [shown] = lineColumns([column('Account')], ['Account'], { currency: 'USD', nameOf });
  expect([shown?.value(row), shown?.display?.(row), shown?.title?.(row)]).toEqual(['111122223333', 'payments-prod', 'payments-prod · 111122223333']);
  expect(describeValue(row, column('Account'), 'USD', nameOf)).toBe('payments-prod · 111122223333');
});

test('the columns of a line are grouped by what they are about, none is lost', () => {
  const all = columnsOf({ dimensions: ['Account'], columns: [...['BilledCost', 'PricingQuantity', 'ListUnitPrice', 'Tags', 'InvoiceId', 'RegionName', 'ServiceName', 'SkuId', 'SkuPriceId', 'constructor'].map(column), { ...column('x_Own'), focus: false }] }, [{ name: 'Team', problem: '' }]);
  expect(groupColumns(all).map(({ title, columns }) => [title, ...columns.map(({ name }) => name)])).toEqual([
    ['Cost', 'BilledCost'],
    ['What', 'ServiceName', 'SkuId', 'constructor'],
    ['Where', 'Account', 'RegionName'],
    ['Price', 'PricingQuantity', 'ListUnitPrice', 'SkuPriceId'],
    ['Tags', 'Dim/Team', 'Tags'],
    ['Source', 'InvoiceId'],
    ['Other columns of the file', 'x_Own'],
  ]);
});
