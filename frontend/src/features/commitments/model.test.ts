import { expect, test } from 'vitest';

import type { CommitmentInfo, SimulationInfo } from '../../lib/wire';
import { axisDigits, coverageRows, describeBreakEven, describeChoice, describeExpiry, describePool, describeSharing, describeShort, describeTerms, gapsOf, isDiscount, keyOf, monthsOf, nameOf, paymentsOf, poolOf, standsAlone } from './model';
import { commitmentsTable, curveTable, monthsTable, poolsTable } from './tables';

const one: CommitmentInfo = {
  id: 'sp-1', name: 'Plan', type: 'Savings Plan', provider: 'AWS', billingAccount: '100', currency: 'USD', ended: false, termMonths: 12, payment: 'none', start: '', expires: '2026-12-18', expiryKnown: 'stated',
  daysLeft: 30, firstDay: '2026-01-01', lastDay: '2026-11-18', from: '2026-10-20', to: '2026-11-18', days: 30, hourlyCost: '0.0666666667', monthlyUsed: '40', monthlyUnused: '8', utilisation: '0.8333333333', breakEvenUtilisation: '0.7',
  monthlyOnDemand: '57', monthlyNetSaving: '9', monthlyCostOfLapse: '17', onDemandUnknown: false, sharing: null, where: { kind: 'all', parts: [] },
};

const point = { hourlyCommitment: '0.5', expectedMonthlySaving: '100', utilisation: '0.9', coverage: '0.8', downside: ['90', '70', '-10'], heldOut: '95' };

const simulation: SimulationInfo = {
  pool: { id: 'aws-compute-savings-plan', provider: 'AWS', region: '', family: '', currency: 'USD', onDemand: '900' }, from: '2026-09-20', to: '2026-11-18', slotHours: 24, leftOut: '0', discounts: [],
  optimum: { ...point, breakEvenUtilisation: '0.72' }, cautious: point, curve: [{ ...point, hourlyCommitment: '0', expectedMonthlySaving: '0', utilisation: null }, point], backtest: null, afterExpiry: null, running: [],
  deal: { upfront: '0', monthly: '365.25', total: '4383', breakEvenMonth: 9, paybackMonth: 0 }, plan: [], ladder: null, options: [], recommendations: [],
};

test('the end of a commitment says how urgent and how certain it is', () => {
  expect(describeExpiry(one)).toMatchObject({ text: '18 Dec 2026', tone: 'bad' });
  expect(describeExpiry({ ...one, daysLeft: 60 }).tone).toBe('plain');
  expect(describeExpiry({ ...one, daysLeft: 200 }).tone).toBeNull();
  expect(describeExpiry({ ...one, expiryKnown: 'latest', daysLeft: null })).toMatchObject({ text: '18 Dec 2026 at the latest', tone: null });
  expect(describeExpiry({ ...one, expires: '', expiryKnown: '', daysLeft: null }).text).toBe('Not in the bill');
  expect(describeExpiry({ ...one, ended: true }).text).toBe('Ended 18 Nov 2026');
});

test('what the export does not say is said', () => {
  expect(gapsOf(one)).toEqual([]);
  expect(gapsOf({ ...one, termMonths: null, payment: '', expires: '', monthlyUsed: null, monthlyOnDemand: null })).toHaveLength(5);
  expect(describeTerms(null, '')).toBe('Term not in the bill, payment not in the bill');
  expect(describeTerms(36, 'all')).toBe('3 years, all upfront');
});

test('a sharing loss is shown with what the bill can prove', () => {
  const sharing = { slotHours: 1, monthlyUncovered: '20', monthlyLoss: '5' };
  expect(describeSharing(one)).toBeNull();
  expect(describeSharing({ ...one, sharing })).toContain('in hours in which the commitment had 5.00 USD a month left');
  expect(describeSharing({ ...one, sharing: { ...sharing, slotHours: 24 } })).toContain('The bill has no hours');
  expect(describeSharing({ ...one, sharing: { ...sharing, monthlyLoss: null } })).toContain('unknown');
});

test('the sentence of the slider follows the sign of the saving', () => {
  expect(describeChoice(simulation, point, 1)).toBe('Based on usage of 20 Sep – 18 Nov 2026, committing 0.5000 USD an hour for 1 year would have saved 100.00 USD a month. 90.0 % of the commitment would have been used and would have covered 80.0 % of the usage.');
  expect(describeChoice(simulation, { ...point, expectedMonthlySaving: '-12.5' }, 3)).toContain('would have cost 12.50 USD a month more than it saves');
  expect(describeChoice(simulation, simulation.curve[0]!, 1)).toContain('Without a commitment');
  expect(describeBreakEven(simulation, 1)).toBe('The commitment that saves most pays off while at least 72.0 % of it is used. It breaks even after month 9, even if all usage ends then.');
  expect(describeBreakEven({ ...simulation, deal: { ...simulation.deal, breakEvenMonth: 0, paybackMonth: 7 } }, 1)).toContain('If the usage ends, it does not break even within 1 year. What is paid upfront is back after month 7.');
  expect(describeBreakEven({ ...simulation, optimum: { ...simulation.optimum, breakEvenUtilisation: null } }, 1)).toBe('No commitment would have saved anything.');
});

test('a commitment without a name is called by the last part of its id', () => {
  expect(nameOf({ name: 'Plan', id: 'a/b' })).toBe('Plan');
  expect(nameOf({ name: '', id: 'arn:aws:ec2:us-east-1:836060457634:reserved-instances/28b7acb4' })).toBe('28b7acb4');
  expect(nameOf({ name: '', id: '12-b34' })).toBe('12-b34');
});

test('pools have names, and the one of the address is taken', () => {
  expect(describePool(simulation.pool)).toBe('Compute Savings Plan · all machines');
  expect(describePool({ id: 'gcp-resource-cud:europe-west1:n2', region: 'europe-west1', family: 'n2' })).toBe('Resource-based committed use discount · n2 · europe-west1');
  const other = { ...simulation.pool, id: 'aws-ec2-savings-plan:eu-west-1:m5' };
  expect(poolOf([simulation.pool, other], other.id)).toBe(other);
  expect(poolOf([simulation.pool, other], 'gone')).toBe(simulation.pool);
  expect(poolOf([], '')).toBeUndefined();
  expect(paymentsOf('Microsoft Azure')).toEqual(['none', 'all']);
});

test('a discount is a percentage with one decimal at most', () => {
  expect(['0.5', '7', '27.5', '99.9'].every(isDiscount)).toBe(true);
  expect(['0', '100', '-5', '12.34', '', 'x', '0.0'].some(isDiscount)).toBe(false);
});

test('months keep the gaps of each provider', () => {
  const months = [
    { provider: 'AWS', month: '2026-09', currency: 'USD', coverage: '0.5', effectiveSavingsRate: '0.1', listUnknownShare: '0' },
    { provider: 'Google Cloud', month: '2026-10', currency: 'USD', coverage: null, effectiveSavingsRate: '0.2', listUnknownShare: '0' },
  ];
  expect(coverageRows(months, 'coverage')).toEqual({ providers: ['AWS'], rows: [{ month: '2026-09', shares: ['50.0'] }, { month: '2026-10', shares: [null] }] });
  expect(coverageRows(months, 'effectiveSavingsRate').rows[1]?.shares).toEqual([null, '20.0']);
  const apart = months.map((one, at) => ({ ...one, month: at === 0 ? '2025-12' : '2026-02' }));
  expect(coverageRows(apart, 'effectiveSavingsRate').rows).toEqual([{ month: '2025-12', shares: ['10.0', null] }, { month: '2026-01', shares: [null, null] }, { month: '2026-02', shares: [null, '20.0'] }]);
  expect(coverageRows([], 'coverage').rows).toEqual([]);
});

test('a simulation of few days says so', () => {
  expect(describeShort(simulation)).toBe('');
  expect(describeShort({ from: '2026-04-01', to: '2026-04-14' })).toBe(' The bills have only 14 days of this usage, which is little for a commitment of a year or more.');
});

test('a value between gaps is found, and small commitments get more digits', () => {
  expect(standsAlone([null, '1', null])).toBe(true);
  expect(standsAlone(['1', '2', null])).toBe(false);
  expect([axisDigits(simulation.curve), axisDigits([{ ...point, hourlyCommitment: '0.0228' }])]).toEqual([2, 4]);
});

test('the months of a commitment are its own, newest first', () => {
  const use = { id: 'sp-1', name: 'Plan', type: 'Savings Plan', provider: 'AWS', month: '2026-09', currency: 'USD', used: '1', unused: '0', utilisation: '1', coveredList: '2', coveredEffective: '1' };
  expect(monthsOf([use, { ...use, month: '2026-10' }, { ...use, id: 'other' }, { ...use, currency: 'EUR' }], one).map(({ month }) => month)).toEqual(['2026-10', '2026-09']);
  expect(keyOf(one)).not.toBe(keyOf({ ...one, billingAccount: '200' }));
});

test('tables leave with the currency of each row and a cell for each column', () => {
  const pool = { pool: simulation.pool, month: '2026-10', coverage: null, effectiveSavingsRate: '0.1', breakEvenUtilisation: null };
  for (const table of [commitmentsTable([one]), monthsTable([{ provider: 'AWS', month: '2026-09', currency: 'USD', coverage: '0.5', effectiveSavingsRate: null, listUnknownShare: '0' }]), poolsTable([pool]), curveTable(simulation)]) {
    expect(table.columns[table.currencyColumn]?.name).toBe('Currency');
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    expect(table.rows[0]?.[table.currencyColumn]).toBe('USD');
  }
});
