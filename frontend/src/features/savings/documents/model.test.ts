import { expect, test } from 'vitest';

import { describeAdded, describeScope } from './model';

const added = { path: '/tmp/a/describe-volumes.json', name: '', title: '', entries: 0, already: '', note: '', problem: '' };

test('each file that was added says what became of it', () => {
  expect(describeAdded({ ...added, name: 'describe-volumes.json', title: 'EBS volumes', entries: 8 })).toEqual({ text: 'describe-volumes.json: EBS volumes, 8 entries.', fault: false });
  expect(describeAdded({ ...added, already: 'volumes.json' }).text).toBe('describe-volumes.json is there already, as volumes.json.');
  expect(describeAdded({ ...added, note: 'It is empty.' }).text).toBe('describe-volumes.json was not added. It is empty.');
  expect(describeAdded({ ...added, problem: 'It is broken.' })).toEqual({ text: 'It is broken.', fault: true });
});

test('a document says of which accounts, regions and day it is, and whether it is cut off', () => {
  const document = { name: 'a', kind: 'aws-volumes', title: 'EBS volumes', provider: 'AWS', accounts: ['1', '2', '3'], regions: ['eu-west-1'], day: '2026-11-19', dated: false, entries: 1, whole: false, bytes: 1, hash: '', fetched: false, version: 1, changedAt: '', changedBy: '' };
  expect(describeScope(document)).toBe('1, 2 and 1 more · eu-west-1 · 19 Nov 2026 (day of the file) · 1 entry · cut off');
  expect(describeScope({ ...document, accounts: [], dated: true, whole: true })).toBe('eu-west-1 · 19 Nov 2026 · 1 entry');
});
