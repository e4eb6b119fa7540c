import { describe, expect, test } from 'vitest';

import { conditionFilter, readFilter } from '../../lib/filter';
import type { ReconcileBridgeDocument, ReconcileInvoiceDocument } from '../../lib/wire';
import { decodeKey, digitsFor, encodeKey, inputOf, knownValues, linesAddress, nextMissing, shown, describeStatus, waterfall } from './model';

const key = { provider: 'AWS', billingAccount: '1', month: '2026-10', invoiceId: '=INV', currency: 'EUR' };

const invoice: ReconcileInvoiceDocument = {
  ...key,
  billingAccountName: 'Payer',
  status: 'not_explained',
  statusTitle: 'Unexplained difference',
  lines: 2,
  ledger: '100.005',
  figure: { id: 1, version: 1, total: '120.00', tax: '19.00', credits: null, marketplace: null, other: null, note: '', enteredAt: '2026-11-22T09:30:00Z', user: 'nora' },
  difference: '19.995',
  rest: '-1.25',
  tolerance: '0.005',
};

const bridge: ReconcileBridgeDocument = {
  ...invoice,
  bill: '101.005',
  billLines: 3,
  steps: [
    { kind: 'usage', title: 'Usage', inside: true, lines: 2, amount: '100.005', where: [{ column: 'InvoiceId', op: 'in', values: ['=INV'] }], from: '2026-10-01', to: null },
    { kind: 'no_invoice', title: 'Charges without an invoice number', inside: false, lines: 1, amount: '1', where: [{ column: 'InvoiceId', op: 'in', values: [null] }], from: null, to: null },
  ],
  differences: [
    { kind: 'tax', title: 'Tax', amount: '19.00', printed: '19.00', inLedger: '0' },
    { kind: 'rest', title: 'Unexplained difference', amount: '0.995', printed: null, inLedger: null },
  ],
  beside: [],
  reasons: [],
};

test('the name of an invoice goes through an address and back', () => {
  expect(decodeKey(encodeKey(key))).toEqual(key);
  for (const text of [null, '', 'new', '{}', '[1,2]', '["a","b","October","",""]', '["a","b","2026-10",""]']) expect(decodeKey(text)).toBeNull();
});

test('every status is in one group beside all', () => {
  for (const status of ['ties', 'ties_rounding', 'explained', 'not_explained', 'no_data', 'no_figure'] as const) {
    expect((['missing', 'open', 'done'] as const).filter((show) => shown(status, show))).toHaveLength(1);
    expect(shown(status, 'all')).toBe(true);
  }
});

describe('the bars of a waterfall', () => {
  test('begin where the one before ended', () => {
    expect(waterfall(0, ['60', '40', '-50'], true)).toEqual([
      { left: 0, width: 60, zero: 0 },
      { left: 60, width: 40, zero: 0 },
      { left: 50, width: 50, zero: 0 },
    ]);
  });
  test('keep below zero what is below zero', () => {
    expect(waterfall(0, ['-25', '100'], true)).toEqual([
      { left: 0, width: 25, zero: 25 },
      { left: 0, width: 100, zero: 25 },
    ]);
  });
  test('have a scale of their own between ledger and invoice', () => {
    expect(waterfall(1_000_000, ['1', '1'], false)).toEqual([
      { left: 0, width: 50, zero: 0 },
      { left: 50, width: 50, zero: 0 },
    ]);
    expect(waterfall(5, ['0'], false)).toEqual([{ left: 0, width: 0, zero: 0 }]);
  });
});

test('a step leads to its lines, in its days and its currency', () => {
  const inLedger = { firstDay: '2026-01-01', lastDay: '2026-11-20' };
  const { pathname, search } = linesAddress(bridge.steps[0]!, 'EUR', inLedger);
  const params = new URLSearchParams(search);
  expect(pathname).toBe('/charges');
  expect(readFilter(params.get('where')!)).toEqual(conditionFilter({ column: 'InvoiceId', op: 'in', values: ['=INV'] }));
  expect([params.get('from'), params.get('to'), params.get('currency'), params.get('metric')]).toEqual(['2026-10-01', '2026-11-20', 'EUR', 'BilledCost']);
  expect(readFilter(new URLSearchParams(linesAddress(bridge.steps[1]!, 'EUR', inLedger).search).get('where')!)).toEqual(conditionFilter({ column: 'InvoiceId', op: 'in', values: [null] }));
});

test('an amount below a cent is not shown as nothing', () => {
  expect([digitsFor('0', 'EUR'), digitsFor('1.005', 'EUR'), digitsFor('-0.0021', 'EUR'), digitsFor('0.000004', 'EUR'), digitsFor('0.0000000001', 'EUR'), digitsFor('0.4', 'JPY')]).toEqual([2, 2, 4, 6, 10, 2]);
});

test('an unexplained difference names its currency', () => {
  expect(describeStatus(invoice)).toBe('Unexplained difference: −1.25 EUR');
  expect(describeStatus({ ...invoice, status: 'ties', statusTitle: 'Matches' })).toBe('Matches');
});

test('the next missing amount comes after the open invoice, then from the beginning', () => {
  const of = (name: string, status: ReconcileInvoiceDocument['status']) => ({ ...invoice, invoiceId: name, status });
  const list = [of('a', 'no_figure'), of('b', 'ties'), of('c', 'no_figure')];
  expect(nextMissing(list, list[1]!)?.invoiceId).toBe('c');
  expect(nextMissing(list, list[2]!)?.invoiceId).toBe('a');
  expect(nextMissing(list.slice(1, 2), list[1]!)).toBeNull();
});

test('an amount with three decimals is edited with four, for it could be read in two ways', () => {
  const of = (total: string) => inputOf({ ...invoice, figure: { ...invoice.figure!, total } }).total;
  expect(['113.205', '-1.234', '0.123', '1234.567', '12.5'].map(of)).toEqual(['113.2050', '-1.2340', '0.123', '1234.567', '12.5']);
});

test('lists offer what the workspace has, narrowed by what is given', () => {
  const of = (provider: string, billingAccount: string, month: string, currency: string) => ({ ...invoice, provider, billingAccount, month, invoiceId: '', currency });
  const list = [of('AWS', '1', '2026-09', 'USD'), of('AWS', '2', '2026-10', 'USD'), of('Hetzner', '3', '2026-10', 'EUR')];
  const given = { provider: 'AWS', billingAccount: '', month: '', invoiceId: '', currency: '' };
  expect((['provider', 'billingAccount', 'month', 'currency'] as const).map((part) => knownValues(list, part, given))).toEqual([['AWS', 'Hetzner'], ['1', '2'], ['2026-10', '2026-09'], ['USD']]);
  expect(knownValues(list, 'currency', { ...given, provider: 'Google Cloud' })).toEqual(['EUR', 'USD']);
});
