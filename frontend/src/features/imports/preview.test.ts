import { describe, expect, test } from 'vitest';

import type { ImportOutcome, ImportPlan, PlannedFile } from '../../lib/wire';
import { describeFileLines, describePreview, describeTrouble, joinConflicts, leaving, previewRows, replacingOf, sampleHeader, sampleOrder } from './preview';

const file = (path: string, more: Partial<PlannedFile> = {}): PlannedFile => ({
  path,
  format: 'focus-csv',
  formatName: 'FOCUS 1.2 CSV',
  version: '1.2',
  confidence: 1,
  reason: '',
  dialect: '',
  sizeBytes: 1,
  columns: [],
  sampleLines: 20,
  estimatedLines: 20,
  providers: [],
  billingPeriods: [],
  currencies: [],
  firstRows: [],
  warnings: [],
  status: 'new',
  trouble: '',
  lines: 0,
  rejects: 0,
  costs: [],
  ...more,
});

const plan = (...files: PlannedFile[]): ImportPlan => ({ id: 'plan-1', files, skipped: [], examined: true });

const side = { lines: 1, firstDay: '2026-01-01', lastDay: '2026-01-31', costs: [] };

const conflict = (path: string, existingFile: string, within: boolean): ImportOutcome['conflicts'][number] => ({
  provider: 'AWS',
  billingAccount: '1',
  month: '2026-01',
  file: path,
  existingFile,
  within,
  reason: '',
  answers: ['replace', 'leave'],
  new: side,
  existing: side,
  difference: [],
});

describe('the files of a preview', () => {
  const files = [file('fresh'), file('left'), file('known', { status: 'known' }), file('warned', { warnings: ['Odd.'] }), file('skips', { rejects: 2 }), file('a'), file('b'), file('cut', { status: 'damaged' }), file('twin', { status: 'same' })];
  const rows = previewRows(plan(...files), new Set(['left', 'twin']), [conflict('b', 'a', true), conflict('skips', 'before', false)]);

  test('come worst first', () => {
    expect(rows.map(({ file: { path }, verdict }) => `${path} ${verdict}`)).toEqual(['cut damaged', 'skips asked', 'a asked', 'b asked', 'warned warned', 'fresh fresh', 'twin same', 'known known', 'left left']);
  });

  test('say what will happen', () => {
    expect(describePreview(rows, 11)).toBe('5 files to import, 14 left out, 1 damaged, 2 with warnings');
    expect(describePreview(previewRows(plan(file('a')), new Set(), []), 0)).toBe('1 file to import');
  });

  test('are left out by an answer', () => {
    expect(leaving(new Set(['a', 'b']))).toEqual([
      { file: 'a', answer: 'leave' },
      { file: 'b', answer: 'leave' },
    ]);
  });

  test('show exact lines where they were read to the end', () => {
    expect(describeFileLines(file('a', { estimatedLines: 31_000 }))).toBe('about 31,000 lines');
    expect(describeFileLines(file('a'))).toBe('20 lines');
    expect(describeFileLines(file('a', { estimatedLines: 31_000, lines: 31_204, costs: [{ currency: 'USD', billed: '1', effective: '1' }] }))).toBe('31,204 lines');
  });

  test('describe their damage in sentences', () => {
    expect(describeTrouble(file('/bills/cut.gz', { trouble: '/bills/cut.gz is cut off in the middle' }), 'cut.gz')).toBe('cut.gz is cut off in the middle.');
  });
});

describe('the first lines of a file', () => {
  const column = (name: string, raw = name, focus = true) => ({ name, raw, focus });

  test('open with date, provider, service and cost', () => {
    const columns = [column('BilledCost'), column('own', 'own', false), column('ServiceName'), column('ChargePeriodStart', 'lineItem/UsageStartDate'), column('ProviderName', '')];
    expect(sampleOrder(columns, false).map((at) => columns[at]?.name)).toEqual(['ChargePeriodStart', 'ProviderName', 'ServiceName', 'BilledCost', 'own']);
  });

  test('have a header over every column', () => {
    expect([column('ChargePeriodStart', 'usage date'), column('EffectiveCost', ' ')].map(sampleHeader)).toEqual(['usage date', 'EffectiveCost']);
  });
});

test('what is asked twice is asked once', () => {
  expect(joinConflicts([conflict('b', 'a', true)], [conflict('b', 'a', true), conflict('c', 'a', true)]).map(({ file: path }) => path)).toEqual(['b', 'c']);
});

test('what is replaced is shown by the files that do it, also when it is kept, and not beside its own question', () => {
  const replaced = (month: string, ...files: string[]) => ({ provider: 'AWS', billingAccount: '1', month, files, before: side, now: { ...side, lines: 2 }, difference: [] });
  const whole = [replaced('2026-01', 'a', 'b'), replaced('2026-02', 'a'), replaced('2026-03', 'a')];
  const asked = { file: 'a', existingFile: 'old', within: false, answers: [], bills: [{ ...conflict('a', 'old', false), month: '2026-03' }] };
  const found = replacingOf(whole, [replaced('2026-01', 'b')], [asked]);
  expect(found.map(({ files, question }) => [files.join(' '), ...question.bills.map(({ month, new: now, existing }) => `${month} ${existing.lines} ${now.lines}`)])).toEqual([
    ['b', '2026-01 1 2'],
    ['a', '2026-02 1 2'],
  ]);
});
