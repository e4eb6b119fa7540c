import { expect, test } from 'vitest';

import type { ImportOutcome } from '../../lib/wire';
import { notesOf } from './outcome';

const nothing: ImportOutcome = { imports: [], lines: 0, rejects: 0, costs: [], known: [], replaced: [], added: [], notCounted: [], sameBill: [], changes: [], conflicts: [], needsReview: false, warnings: [], leftOut: [] };
const bill = { provider: 'AWS', billingAccount: '1', month: '2026-11' };

test('what is worth knowing of the files, those that were left out first', () => {
  const notes = notesOf(
    {
      ...nothing,
      warnings: [
        { file: '/a/odd.csv', text: 'The names of the columns are on line 3.' },
        { file: '/a/even.csv', text: 'The file does not name the provider.' },
        { file: '/a/more.csv', text: 'The names of the columns are on line 3.' },
      ],
      added: [{ ...bill, file: '/a/part-2.csv' }],
      notCounted: [
        { ...bill, file: '/a/old.csv', lines: 12, existingFile: '/b/new.csv', within: false },
        { ...bill, file: '/a/copy.csv', lines: 1, existingFile: '', within: true },
      ],
      leftOut: [{ path: '/a/cut.csv.gz', reason: '/a/cut.csv.gz is cut off in the middle. Fetch it again and import it once more' }],
    },
    () => 'Payer',
  );
  expect(notes.map(({ warns }) => warns)).toEqual([true, false, false, false, false, false]);
  expect(notes.map(({ files, text }) => `${files.join(', ')} ${text}`)).toEqual([
    '/a/cut.csv.gz Damaged, left out: it is cut off in the middle. Fetch it again and import it once more.',
    '/a/odd.csv, /a/more.csv The names of the columns are on line 3.',
    '/a/even.csv The file does not name the provider.',
    expect.stringMatching(/^\/a\/part-2\.csv A further part of the bill AWS.*Nov 2026\.$/),
    expect.stringMatching(/^\/a\/old\.csv 12 lines not counted in AWS.*Nov 2026\. The workspace has a later state of these charges, from new\.csv\.$/),
    expect.stringMatching(/^\/a\/copy\.csv 1 line not counted in AWS.*\. Another file of this import lists the same charges\.$/),
  ]);
});

test('files of the same name are distinguished in what is said of them', () => {
  const notes = notesOf({ ...nothing, notCounted: [{ ...bill, file: '/in/evening-1/billing.ndjson', lines: 3, existingFile: '/in/evening-2/billing.ndjson', within: true }] }, () => 'Payer');
  expect(notes[0]?.name).toBe('evening-1/billing.ndjson');
  expect(notes[0]?.text).toMatch(/ evening-2\/billing\.ndjson of this import lists the same charges\.$/);
});
