import { describe, expect, test } from 'vitest';

import { fileName, describeFiles } from '../../lib/fileName';
import type { FileAnswer } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { answersOf, choicesOf, describeStanding, pathsOf, groupChecks, importsTable, questionsOf, describeMonths, describeReason, shownChecks, totalsRows } from './model';

describe('words', () => {
  test('file names come from paths of any system', () => {
    expect(fileName('C:\\bills\\a.csv')).toBe('a.csv');
    expect(fileName('/bills/export/')).toBe('export');
    expect(describeFiles(['/a/x.csv', '/a/y.csv', '/a/z.csv'])).toBe('x.csv and 2 more');
  });

  test('months run from the first to the last', () => {
    expect(describeMonths(['2026-11'])).toBe('Nov 2026');
    expect(describeMonths(['2026-11', '2026-09'])).toBe('Sep – Nov 2026');
    expect(describeMonths(['2025-11', '2026-11'])).toBe('Nov 2025 – Nov 2026');
    expect(describeMonths([])).toBe('');
  });

  test('control totals keep every digit and never mix currencies', () => {
    const rows = totalsRows([
      { month: '2026-11', currency: 'USD', metric: 'BilledCost', amount: '1.000000000000000000001' },
      { month: '2026-11', currency: 'EUR', metric: 'BilledCost', amount: '2' },
      { month: '2026-10', currency: 'USD', metric: 'ListCost', amount: '3' },
    ]);
    expect(rows.map((row) => `${row.month} ${row.currency}`)).toEqual(['2026-10 USD', '2026-11 EUR', '2026-11 USD']);
    expect(rows[2]?.amounts).toEqual({ BilledCost: '1.000000000000000000001' });
  });

  test('checks of one name are listed together, and one that fails fails its group', () => {
    const check = (name: string, ok: boolean, detail: string) => ({ name, ok, detail });
    const groups = groupChecks([check('file', true, 'a'), check('ledger', true, 'b'), check('ledger', false, 'c'), check('Other', true, 'd')]);
    expect(groups.map((group) => [group.name, group.ok, group.details.length])).toEqual([['Workspace file', true, 1], ['Lines of the imports', false, 2], ['Other', true, 1]]);
  });

  test('of many checks that agree the first are listed, and all that failed', () => {
    const checks = Array.from({ length: 9 }, (_, at) => ({ name: 'ledger', ok: at !== 7, detail: `Import ${at + 1}: ${at === 0 ? 243647 : 6} lines.` }));
    const [group = { ok: true, details: [] }] = groupChecks(checks);
    const { checks: shown, more } = shownChecks(group);
    expect(shown.map(({ detail }) => detail)).toEqual(['Import 1: 243,647 lines.', ...[2, 3, 4, 5, 6, 8].map((id) => `Import ${id}: 6 lines.`)]);
    expect(more).toBe(2);
  });

  test('reasons are sentences', () => {
    expect(describeReason('the totals differ by 50 %')).toBe('The totals differ by 50 %.');
    expect(describeReason('It is another bill.')).toBe('It is another bill.');
  });

  test('a location of another page carries no files', () => {
    expect(pathsOf(null)).toEqual([]);
    expect(pathsOf({ answers: [] })).toEqual([]);
    expect(pathsOf({ paths: ['a', 3] })).toEqual(['a']);
  });

  test('asks once for each pair of files, and offers only what can be right for all their bills', () => {
    const side = { lines: 1, firstDay: '2026-01-01', lastDay: '2026-01-31', costs: [] };
    const conflict = (file: string, existingFile: string, within: boolean, month: string, answers: FileAnswer['answer'][]) => ({ provider: 'AWS', billingAccount: '1', month, file, existingFile, within, reason: '', answers, new: side, existing: side, difference: [] });
    const questions = questionsOf([conflict('b', 'a', true, '2026-01', ['leave', 'add']), conflict('b', 'a', true, '2026-02', ['leave', 'add']), conflict('c', 'before', false, '2026-01', ['replace', 'add', 'leave']), conflict('c', 'before', false, '2026-02', ['replace', 'leave']), conflict('d', 'b', true, '2026-01', ['leave'])]);
    expect(questions.map(({ file, existingFile, bills }) => [file, existingFile, bills.length])).toEqual([
      ['b', 'a', 2],
      ['c', 'before', 2],
      ['d', 'b', 1],
    ]);
    expect(questions.map(choicesOf)).toEqual([
      ['leave', 'leaveOther', 'add'],
      ['replace', 'leave'],
      ['leave', 'leaveOther'],
    ]);
    expect(answersOf([{ file: 'z', answer: 'leave' }], questions, ['leaveOther', 'replace', 'leaveOther'])).toEqual([
      { file: 'z', answer: 'leave' },
      { file: 'a', answer: 'leave' },
      { file: 'c', answer: 'replace' },
      { file: 'b', answer: 'leave' },
    ]);
    expect(answersOf([], questions, ['add', undefined, 'leaveOther'])).toEqual([{ file: 'b', answer: 'leave' }]);
  });

  test('the table of imports has a row a file', async () => {
    const list = await createRecordedBridge().imports.List();
    const { columns, rows } = importsTable(list);
    expect(rows).toHaveLength(list.flatMap((info) => info.files).length);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
  });
});

test('an import that replaced lines of itself names its other file, not its own number', () => {
  const standing = { counted: 9, replaced: 1, replacedBy: [4], notCounted: 0, undone: 0 };
  expect(describeStanding({ importId: 4, standing })).toEqual(['9 of 10 lines are counted.', '1 line was replaced by another file of this import.']);
  expect(describeStanding({ importId: 3, standing })[1]).toBe('1 line was replaced by import 4.');
  expect(describeStanding({ importId: 3, standing: { ...standing, replacedBy: [3, 5, 6] } })[1]).toBe('1 line was replaced by another file of this import and imports 5, 6.');
});
