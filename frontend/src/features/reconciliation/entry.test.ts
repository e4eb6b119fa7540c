// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';

import type { FigureInput, FigureState, ReconcileInvoiceDocument } from '../../lib/wire';
import { draftsOf, forgetRead, keepDrafts } from './drafts';
import { hasCharges, pastedColumn, pasteOver, refusedOf, savedInputs, tellPreview, withTotal } from './entry';
import { encodeKey, inputOf, keyOf } from './model';

function invoiceOf(name: string, total: string | null = null): ReconcileInvoiceDocument {
  return {
    provider: 'AWS',
    billingAccount: '1',
    month: '2026-10',
    invoiceId: name,
    currency: 'EUR',
    billingAccountName: 'Payer',
    status: 'no_figure',
    statusTitle: 'Invoice amount missing',
    lines: 2,
    ledger: '100',
    figure: total === null ? null : { id: 7, version: 2, total, tax: '1.00', credits: null, marketplace: null, other: null, note: '', enteredAt: '2026-11-22T09:30:00Z', user: 'nora' },
    difference: null,
    rest: null,
    tolerance: '0.005',
  };
}

const nameOf = (name: string) => encodeKey(invoiceOf(name));

describe('drafts', () => {
  beforeEach(() => {
    sessionStorage.clear();
    forgetRead();
  });

  test('survive a reload and stay with their workspace', () => {
    const draft = { ...inputOf(invoiceOf('A')), total: '5' };
    keepDrafts('/one', { a: draft, b: draft });
    keepDrafts('/one', { b: null });
    forgetRead();
    expect([draftsOf('/one'), draftsOf('/two')]).toEqual([{ a: draft }, {}]);
    keepDrafts('/one', { a: null });
    expect(sessionStorage).toHaveLength(0);
  });

  test('that nobody can read are none', () => {
    for (const text of ['{', '[1]', '{"a":1}', 'null']) {
      forgetRead();
      sessionStorage.setItem('invoice amounts of /one', text);
      expect(draftsOf('/one')).toEqual({});
    }
  });

  test('are only what differs from what is stored', () => {
    expect(withTotal(invoiceOf('A', '12.50'), undefined, '12.50')).toBeNull();
    expect(withTotal(invoiceOf('A'), undefined, ' ')).toBeNull();
    expect(withTotal(invoiceOf('A', '12.50'), undefined, '')).toBeNull();
    expect(withTotal(invoiceOf('A', '12.50'), undefined, '13')).toMatchObject({ id: 7, version: 2, total: '13', tax: '1.00' });
    const typed: FigureInput = { ...inputOf(invoiceOf('A')), tax: '2' };
    expect(withTotal(invoiceOf('A'), typed, '')).toEqual(typed);
  });
});

describe('a pasted column', () => {
  test('is one cell a line, whatever ends the lines', () => {
    expect(pastedColumn('1.234,50\r\n\r\n 7,00 €\r\n')).toEqual(['1.234,50', '', '7,00 €']);
    expect(pastedColumn('1\t2\n')).toBeNull();
  });

  test('fills the invoices below, and leaves those of empty cells', () => {
    const list = [invoiceOf('A'), invoiceOf('B'), invoiceOf('C', '9'), invoiceOf('D')];
    const drafts = pasteOver(list, {}, ['1', '', '9', '4', '5']);
    expect(Object.entries(drafts).map(([name, draft]) => [name, draft?.total ?? null])).toEqual([[nameOf('A'), '1'], [nameOf('C'), null], [nameOf('D'), '4']]);
  });
});

test('what was refused is named with its reason', () => {
  const inputs = ['A', 'B'].map((name): [string, FigureInput] => [nameOf(name), { ...inputOf(invoiceOf(name)), total: '5x' }]);
  const [first, second] = inputs.map(([, { key }]) => key);
  expect(refusedOf(inputs, [{ key: first!, problem: '' }, { key: second!, problem: 'Total: "5x" is not an amount.' }])).toEqual([{ name: nameOf('B'), text: 'Oct 2026, AWS, 1, B: "5x" is not an amount.' }]);
});

test('of a file only what changes something is saved', () => {
  const row = (line: number, state: FigureState) => ({ ...keyOf(invoiceOf(String(line))), line, state, input: { ...inputOf(invoiceOf(String(line))), total: '1' }, total: '1', totalBefore: null, problem: '' });
  const preview = { file: 'a.csv', decimal: 'comma' as const, leftOut: 2, rows: [row(2, 'new'), row(3, 'unchanged'), row(4, 'replaces'), row(5, 'refused')] };
  expect(savedInputs(preview).map(({ key }) => key.invoiceId)).toEqual(['2', '4']);
  expect(savedInputs(undefined)).toEqual([]);
  expect(tellPreview(preview)).toBe('1 new, 1 replaces another amount, 1 unchanged, 1 refused, 2 lines without amounts left out. Amounts were read with a decimal comma.');
});

test('an invoice without charges in the workspace is known before its amount is saved', () => {
  const list = [invoiceOf('A'), { ...invoiceOf('B'), lines: 0 }];
  expect(['A', 'B', 'C'].map((name) => hasCharges(list, keyOf(invoiceOf(name))))).toEqual([true, false, false]);
});
