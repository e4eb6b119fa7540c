import { describe, expect, it } from 'vitest';

import { changeCurrencies, costDelta, groupRows, moversOf } from './billChange';
import { add } from './decimal';
import type { IngestChange, IngestGroupChange, IngestLinesChange } from './wire';

const lines = (count: number, ...costs: [string, string, string][]): IngestLinesChange => ({ lines: count, costs: costs.map(([currency, billed, effective]) => ({ currency, billed, effective })) });

const change: IngestChange = {
  provider: 'AWS',
  billingAccount: '1',
  month: '2026-05',
  before: lines(12, ['USD', '23.5', '15']),
  now: lines(14, ['EUR', '1', '1'], ['USD', '99.75', '-2']),
  new: lines(3, ['EUR', '1', '1'], ['USD', '83', '-15.75']),
  gone: lines(1, ['USD', '7', '1.25']),
  changed: lines(1, ['USD', '0.25', '0']),
  unchangedLines: 10,
  late: lines(1, ['USD', '3', '3']),
  creditsBefore: lines(0),
  creditsNow: lines(1, ['USD', '-20', '-20']),
  services: [],
  subAccounts: [],
};

describe('what became of the lines', () => {
  it.each([
    ['USD', 'billed'],
    ['USD', 'effective'],
    ['EUR', 'billed'],
  ] as const)('adds up to the change, %s %s', (currency, cost) => {
    const sum = moversOf(change)
      .filter((mover) => !mover.part)
      .reduce((total, mover) => add(total, mover.amount(currency, cost) ?? '0'), '0');
    const delta = costDelta(change.before, change.now, currency, cost);
    expect(Number(sum)).toBe(Number(delta?.amount));
  });

  it('moves the bill down by what is gone', () => {
    const gone = moversOf(change).find((mover) => mover.name === 'Gone');
    expect(gone?.amount('USD', 'billed')).toBe('-7');
  });

  it('has a currency that only one version has', () => {
    expect(changeCurrencies(change)).toEqual(['EUR', 'USD']);
    expect(costDelta(change.before, change.now, 'EUR', 'billed')).toMatchObject({ amount: '1', percent: null });
  });
});

describe('groups', () => {
  const group = (name: string, currency: string, before: string, now: string): IngestGroupChange => ({ name, currency, billedBefore: before, billedNow: now, effectiveBefore: now, effectiveNow: before });

  it('that changed most come first, up or down, each currency on its own', () => {
    const rows = groupRows([group('small', 'USD', '1', '2'), group('down', 'USD', '50', '10'), group('up', 'USD', '10', '40'), group('euro', 'EUR', '1', '1.5'), group('still', 'USD', '9', '9')], 'billed');
    expect(rows.map((row) => row.name)).toEqual(['euro', 'down', 'up', 'small', 'still']);
    expect(rows[1]?.delta).toMatchObject({ amount: '-40', percent: '\u221280.0 %' });
  });

  it('are in the cost that was chosen', () => {
    const [row] = groupRows([group('one', 'USD', '1', '2')], 'effective');
    expect([row?.before, row?.now, row?.delta?.amount]).toEqual(['2', '1', '-1']);
  });
});
