import { describe, expect, test } from 'vitest';

import type { Mapping, MappingTable } from '../../lib/wire';
import { countChosen, describeSkipped, fittedTo, groupsOf, isComplete, openQuestions, pickOf, pickOptions, sameMapping, samplesOf, searchGroups, strangers, describeTrial, usesOf, withPick, withTagColumns } from './model';

const target = (name: string) => ({ name, kind: 'text' as const, values: [] });

const empty: Mapping = { name: 'x', header: ['date'], columns: [], tags: [], dates: '', decimal: '', sign: '', effectiveCost: '' };

const table: MappingTable = {
  path: '/t.csv',
  dialect: '',
  names: ['Date', 'Cost', 'Team'],
  rows: [
    ['1', '2', null],
    ['1', '3', ' '],
    ['4', null, 'red'],
    ['5', '', 'red'],
    ['6', '', 'blue'],
  ],
  mapping: empty,
  matches: [],
  questions: [],
  missing: [],
  seemsToBe: '',
  readBy: '',
  targets: [],
  version: 0,
};

describe('groups of FOCUS columns', () => {
  test('what is needed comes first, what no group names last, tags apart', () => {
    const groups = groupsOf(['AllocatedMethodId', 'Tags', 'ProviderName', 'BilledCost', 'RegionId'].map(target));
    expect(groups.map((group) => [group.title, group.targets.map(({ name }) => name)])).toEqual([
      ['Required', ['BilledCost', 'ProviderName']],
      ['Resource and location', ['RegionId']],
      ['More', ['AllocatedMethodId']],
    ]);
  });

  test('searching keeps the groups that have a match', () => {
    const groups = groupsOf(['ProviderName', 'BilledCost', 'RegionId', 'RegionName'].map(target));
    expect(searchGroups(groups, ' Region n').map((group) => group.targets.map(({ name }) => name))).toEqual([['RegionName']]);
    expect(searchGroups(groups, ' ')).toBe(groups);
    expect(searchGroups(groups, 'zzz')).toEqual([]);
  });
});

describe('choices', () => {
  test('a column, a text and nothing', () => {
    const column = withPick(empty, 'BilledCost', { kind: 'column', value: 'Cost' });
    const both = withPick(column, 'ProviderName', { kind: 'text', value: 'Acme' });
    expect(pickOf(both, 'BilledCost')).toEqual({ kind: 'column', value: 'Cost' });
    expect(pickOf(both, 'ProviderName')).toEqual({ kind: 'text', value: 'Acme' });
    expect(pickOf(both, 'ServiceName')).toBeNull();
    expect(countChosen(both, [target('BilledCost'), target('ServiceName')])).toBe(1);
    const again = withPick(both, 'BilledCost', { kind: 'text', value: '0' });
    expect(again.columns.filter(({ focus }) => focus === 'BilledCost')).toEqual([{ focus: 'BilledCost', column: '', text: '0' }]);
    expect(pickOf(withPick(both, 'BilledCost', null), 'BilledCost')).toBeNull();
    expect(empty.columns).toEqual([]);
  });

  test('columns of one tag each keep their keys and never share one', () => {
    const tagged = withTagColumns({ ...empty, tags: [{ key: 'team', column: 'Team' }] }, ['Cost', 'Team', 'team']);
    expect(tagged.tags).toEqual([
      { key: 'Cost', column: 'Cost' },
      { key: 'team', column: 'Team' },
      { key: 'team 2', column: 'team' },
    ]);
    expect(usesOf(withPick(tagged, 'BilledCost', { kind: 'column', value: 'Cost' }), 'Cost')).toEqual(['BilledCost', 'tag Cost']);
  });
});

describe('the table', () => {
  test('shows a few different values', () => {
    expect(samplesOf(table, 'Date')).toEqual(['1', '4', '5']);
    expect(samplesOf(table, 'Team')).toEqual(['red', 'blue']);
    expect(samplesOf(table, 'None')).toEqual([]);
  });

  test('takes of another mapping what it has columns for', () => {
    const other = withTagColumns(withPick(withPick(withPick(empty, 'BilledCost', { kind: 'column', value: 'Cost' }), 'ServiceName', { kind: 'column', value: 'Gone' }), 'ProviderName', { kind: 'text', value: 'Acme' }), ['Team', 'Lost']);
    expect(strangers(other, table.names)).toEqual(['Gone', 'Lost']);
    const fitted = fittedTo({ ...other, header: ['old'] }, table);
    expect(fitted.columns.map(({ focus }) => focus)).toEqual(['BilledCost', 'ProviderName']);
    expect(fitted.tags).toEqual([{ key: 'Team', column: 'Team' }]);
    expect(fitted.header).toEqual(['date']);
  });

  test('two mappings that say the same', () => {
    expect(sameMapping(null, empty)).toBe(false);
    expect(sameMapping({ ...empty }, empty)).toBe(true);
    expect(sameMapping({ ...empty, decimal: 'comma' }, empty)).toBe(false);
  });
});

describe('what is shown', () => {
  test('questions go once a choice answers them', () => {
    const asked = { ...table, questions: ['dates', 'decimal', 'BilledCost', ''].map((about) => ({ about, text: about })) };
    const abouts = (mapping: Mapping) => openQuestions(asked, mapping).map(({ about }) => about);
    expect(abouts(empty)).toEqual(['dates', 'decimal', 'BilledCost', '']);
    expect(abouts({ ...empty, dates: 'day-first' })).toEqual(['decimal', 'BilledCost', '']);
    expect(abouts({ ...empty, decimal: 'point' })).toEqual(['dates', 'BilledCost', '']);
    expect(abouts(withPick(empty, 'BilledCost', { kind: 'column', value: 'Cost' }))).toEqual(['dates', 'decimal', '']);
  });

  test('a trial in one line', () => {
    const trial = { missing: [], columns: [], rows: [], lines: 5, left: 2, more: false, rejects: [], totals: [{ currency: 'EUR', metric: 'BilledCost', amount: '1200' }, { currency: 'EUR', metric: 'ListCost', amount: '9' }], leftCosts: [], leftUnknown: 0, refused: [] };
    expect(describeTrial(trial)).toBe('1,200.00 EUR · all 5 lines, 2 of them skipped');
    expect(describeTrial({ ...trial, left: 0, more: true, lines: 2000 })).toBe('1,200.00 EUR · the first 2,000 lines, every one of them read');
    expect(describeTrial({ ...trial, missing: ['Say it.'] })).toBe('Say it.');
    expect(describeTrial({ ...trial, missing: ['Say it.', 'Say that.'] })).toBe('Say it. 1 more choice is missing.');
    expect(describeTrial({ ...trial, refused: [{ focus: 'BilledCost', reason: 'It is a word.' }] })).toBe('1 column does not fit; its reason is shown below the field.');
    expect([trial, { ...trial, missing: ['Say it.'] }, { ...trial, refused: [{ focus: 'BilledCost', reason: 'It is a word.' }] }].map(isComplete)).toEqual([true, false, false]);
    expect(describeTrial({ ...trial, totals: [], left: 5 })).toBe('No line could be read · all 5 lines, 5 of them skipped');
  });

  test('skipped lines are shown with their money', () => {
    const trial = { missing: [], columns: [], rows: [], lines: 5, left: 0, more: false, rejects: [], totals: [], leftCosts: [], leftUnknown: 0, refused: [] };
    const costs = [{ currency: 'EUR', metric: 'BilledCost', amount: '1234.6' }];
    expect(describeSkipped(trial)).toBe('');
    expect(describeSkipped({ ...trial, left: 1, leftCosts: costs })).toBe('1 line is skipped: 1,234.60 EUR.');
    expect(describeSkipped({ ...trial, left: 3, leftCosts: costs, leftUnknown: 2 })).toBe('3 lines are skipped: 1,234.60 EUR, and 2 lines whose amount cannot be read.');
    expect(describeSkipped({ ...trial, left: 2, leftUnknown: 2 })).toBe('2 lines are skipped: their amounts cannot be read.');
  });

  test('what is typed comes first where it is meant', () => {
    const names = ['Betrag (EUR)', 'Netto', 'Nettopreis', 'Datum'];
    const first = (focus: string, typed: string, kind: 'text' | 'decimal' = 'text') => {
      const [option] = pickOptions({ name: focus, kind, values: [] }, names, typed);
      return option && `${option.kind} ${option.value}`;
    };
    expect(first('BillingCurrency', 'EUR')).toBe('text EUR');
    expect(first('ProviderName', 'Hetzner')).toBe('text Hetzner');
    expect(first('ProviderName', 'EUR')).toBe('text EUR');
    expect(first('ProviderName', 'net')).toBe('column Netto');
    expect(first('BilledCost', 'eur', 'decimal')).toBe('column Betrag (EUR)');
    expect(first('BilledCost', 'Nettopreis', 'decimal')).toBe('column Nettopreis');
    expect(first('BilledCost', '12', 'decimal')).toBe('text 12');
    expect(pickOptions({ name: 'ChargeCategory', kind: 'text', values: ['Usage', 'Tax'] }, names, '').map(({ value }) => value)).toEqual([...names, 'Usage', 'Tax']);
    expect(pickOptions({ name: 'ChargeCategory', kind: 'text', values: ['Usage', 'Tax'] }, names, 'tax').map(({ value }) => value)).toEqual(['Tax', 'tax']);
  });
});
