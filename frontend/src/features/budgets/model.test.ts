import { expect, test } from 'vitest';

import type { BudgetInfo, BudgetStanding, Filter } from '../../lib/wire';
import { everything } from '../../lib/filter';
import { describeStates } from '../../parts/budgets/states';
import { treeLines } from '../../ui/DataTable/tree';
import { budgetColumns } from './columns';
import { budgetSchema, draftOf, newValues, takenValues, valuesOf, withAmounts } from './form';
import { budgetsTable, budgetTree, describeBreach, describeEvery, describePeriod, describeScope, formatSigned, matchesFilter, providerKey, rowName } from './model';

const budget: BudgetInfo = {
  name: 'Shop', version: 2, scope: '', where: everything, text: '', metric: 'EffectiveCost', currency: 'USD', firstMonth: 7, weeks: false, amounts: [{ period: '2026-11', amount: '100' }],
  thresholds: [{ kind: 'pace', percent: '110' }], rollOver: true, parent: '', changedAt: '', changedBy: '', reason: 'plan', problem: '',
};
const standing: BudgetStanding = {
  budget, period: '2026-11', from: '2026-11-01', to: '2026-11-30', asOf: '2026-11-19', current: true, amount: '100', rollOver: '0', actual: '70', spent: '0.700000', left: '30', paceExpected: '60', forecast: '120', low80: null,
  high80: null, variance: '10', relative: '0.166667', landing: '20', missed: '0.200000', breachDay: '2026-11-25', state: 'at-risk', reached: [], alerts: 1, children: null, recent: ['1'], notes: [],
};

test('periods are said in words', () => {
  expect(['2026-11', '2026-Q4', '2026', 'FY2027', 'FY2027-Q1', 'FY2027-P03', '2026-10-05/2026-11-04'].map(describePeriod)).toEqual([
    'Nov 2026', 'Q4 2026', '2026', 'FY2027', 'FY2027, quarter 1', 'FY2027, period 3', '5 Oct – 4 Nov 2026',
  ]);
});

test('the charges of a budget are said in words, and leave as they are typed', () => {
  const where: Filter = { kind: 'condition', condition: { column: 'Account', op: 'in', values: ['1'] } };
  const filtered = { ...budget, where, text: 'Account = 1' };
  const nameOf = (_: string, value: string) => (value === '1' ? 'Shop' : '');
  expect([budget, { ...budget, scope: 'Production' }, filtered].map((one) => describeScope(one, nameOf))).toEqual(['All charges', 'Production', 'Account is Shop']);
  expect(budgetsTable([{ ...standing, budget: filtered }]).rows[0]?.[2]).toBe('Account = 1');
});

test('parts stand below their budget, and after them what they add up to, in words', () => {
  const named = (name: string, parent: string, amount: string, children: BudgetStanding['children'] = null) => ({ ...standing, budget: { ...budget, name, parent }, amount, children });
  const all = [
    named('Cloud', '', '45000', { names: ['AWS', 'Azure'], sum: '45500', difference: '-500', actual: '140' }),
    named('AWS', 'Cloud', '30000'), named('Azure', 'Cloud', '15500', { names: ['Azure EU'], sum: '5500', difference: '10000', actual: '70' }), named('Azure EU', 'Azure', '5500'), named('Lost', 'Gone', '1'),
  ];
  const columns = budgetColumns(() => '');
  const shown = (standings: BudgetStanding[]) => {
    const tree = budgetTree(standings);
    const lines = treeLines({ ...tree, expanded: new Set(tree.wholes) }, columns, { column: 'amount', desc: false });
    return lines.map(({ row, level }) => row && [level, rowName(row), ...['state', 'amount', 'actual', 'forecast'].map((id) => columns.find((one) => one.id === id)).map((column) => column?.value(row) && column.display?.(row))].join(' | '));
  };
  expect(shown(all)).toEqual([
    '1 | Lost | At risk | 1.00 | 70.00 | 120.00',
    '1 | Cloud | At risk | 45,000.00 | 70.00 | 120.00',
    '2 | Azure | At risk | 15,500.00 | 70.00 | 120.00',
    '3 | Azure EU | At risk | 5,500.00 | 70.00 | 120.00',
    '3 | Sum of 1 part | 10,000.00 left | 5,500.00 | 70.00 | ',
    '2 | AWS | At risk | 30,000.00 | 70.00 | 120.00',
    '2 | Sum of 2 parts | 500.00 over | 45,500.00 | 140.00 | ',
  ]);
  // What is filtered away leaves its parts without a line above, and no sum of parts that are not all seen.
  expect(shown(all.filter((one) => one.budget.name !== 'AWS')).at(-1)).toBe('3 | Sum of 1 part | 10,000.00 left | 5,500.00 | 70.00 | ');
  expect(shown(all.slice(1)).map((line) => line?.[0])).toEqual(['1', '1', '2', '2', '1']);
});

test('the day of breach has been, or is expected', () => {
  expect(describeBreach(standing)).toBe('Budget forecast to be used up by 25 Nov 2026');
  expect(describeBreach({ ...standing, breachDay: '2026-11-19' })).toBe('Budget used up on 19 Nov 2026');
  expect(describeBreach({ ...standing, breachDay: null })).toBeNull();
});

test('states are counted and filtered', () => {
  expect(describeStates([standing, { ...standing, state: 'over' }, { ...standing, state: 'on-track' }])).toBe('1 over budget, 1 at risk');
  expect(describeStates([{ ...standing, state: 'on-track' }])).toBe('All on track');
  expect(matchesFilter(standing, { state: 'over', currency: null })).toBe(false);
  expect(matchesFilter(standing, { state: 'at-risk', currency: 'USD' })).toBe(true);
});

test('a share has its sign, and none where there is nothing to be a share of', () => {
  expect(['0.166667', '-0.166667', '0', ''].map(formatSigned)).toEqual(['+16.7 %', '−16.7 %', '0.0 %', '–']);
});

test('the exported table has a cell for each column, and no value where there is none', () => {
  const table = budgetsTable([{ ...standing, breachDay: null, relative: '', forecast: null }]);
  expect(table.columns[table.currencyColumn]?.name).toBe('Currency');
  expect(table.rows[0]).toHaveLength(table.columns.length);
  for (const name of ['Day of breach', 'Variance to pace, %', 'Forecast']) expect(table.rows[0]?.[table.columns.findIndex((one) => one.name === name)]).toBeNull();
});

test('the form begins with what is stored, and asks for a reason of its own', () => {
  expect(valuesOf(budget)).toMatchObject({ of: 'all', firstMonth: 7, rollOver: true, reason: '' });
  expect(draftOf({ ...valuesOf(budget), of: 'scope', scope: 'Production' })).toMatchObject({ scope: 'Production', where: everything });
  const where: Filter = { kind: 'condition', condition: { column: 'Account', op: 'in', values: ['1'] } };
  const filtered = valuesOf({ ...budget, where, text: 'Account = 1' });
  expect(draftOf(filtered)).toMatchObject({ scope: '', where });
  expect(budgetSchema.safeParse(filtered).success).toBe(true);
  expect(budgetSchema.safeParse({ ...filtered, where: everything }).error?.issues[0]).toMatchObject({ path: ['where'], message: 'Add a condition, or choose all charges.' });
});

test('the form says what is wrong with each field', () => {
  const values = { ...newValues('USD', 'EffectiveCost'), name: ' ', of: 'scope' as const, amounts: [{ period: '2027-01', amount: 'x' }, { period: '2027-01', amount: '11,500' }] };
  const read = budgetSchema.safeParse(values);
  expect(read.error?.issues.map(({ path }) => path.join('.')).slice(0, 2)).toEqual(['name', 'amounts.0.amount']);
  expect(budgetSchema.safeParse({ ...values, name: 'A', amounts: [values.amounts[1], values.amounts[1]] }).error?.issues.map(({ message }) => message)).toEqual(['Choose a scope.', 'This period is there twice.']);
});

test('amounts that are made take the place of those of the same periods', () => {
  expect(withAmounts([{ period: '2027-02', amount: '1' }, { period: '2027-01', amount: '1' }], [{ period: '2027-02', amount: '2' }, { period: '2027-03', amount: '3' }])).toEqual([
    { period: '2027-01', amount: '1' }, { period: '2027-02', amount: '2' }, { period: '2027-03', amount: '3' },
  ]);
});

test('a budget of a provider begins a new one with its name, amount and period, and never its scope', () => {
  const from = { provider: 'AWS', account: '1', name: 'Web', every: 'quarter', amount: '1500.500', basis: '', spent: '12', forecast: '', currency: 'USD', of: 'Service: S3', connection: 'Main', readAt: '', period: '2026-Q4' };
  const empty = newValues('EUR', 'EffectiveCost');
  expect(takenValues(empty, undefined)).toBe(empty);
  expect(takenValues(empty, from)).toEqual({ ...empty, name: 'Web', currency: 'USD', metric: 'BilledCost', amounts: [{ period: '2026-Q4', amount: '1500.500' }], reason: 'Taken over from AWS 1' });
  expect(providerKey(from)).toBe('AWS · 1 · Web · Main');
  expect(['month', 'year', ''].map(describeEvery)).toEqual(['Month', 'Year', 'Once']);
});
