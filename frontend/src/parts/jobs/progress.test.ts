import { expect, test } from 'vitest';

import type { JobInfo } from '../../lib/wire';
import { describeProgress, markOf } from './progress';

const job = (state: JobInfo['state'], done = 0, total = 0): JobInfo => ({ id: '1', kind: 'import', title: 'Import', state, done, total, unit: 'bytes', lines: 0, linesPerSecond: 0, secondsLeft: null, message: '', error: null, result: null, prompt: null, outcome: null, kept: true, pauses: true, again: false, attempts: 1, user: 'nora', paths: [], connection: '', startedAt: '', endedAt: '' });

test('a job that waits for a person does not move, and says so', () => {
  expect(markOf([job('waiting', 50, 100)])).toEqual({ label: '1 job waits for you', moving: false, done: 0 });
  expect(markOf([job('waiting'), job('waiting')]).label).toBe('2 jobs wait for you');
  expect(markOf([job('running'), job('waiting')])).toEqual({ label: '1 job, 1 waits', moving: true, done: 0 });
  expect(markOf([job('running', 1, 4), job('paused', 3, 4)])).toEqual({ label: '2 jobs', moving: false, done: 0.5 });
  expect(markOf([job('paused')]).moving).toBe(false);
  expect(describeProgress(job('waiting', 50, 100))).toBe('Waits for your answer');
  expect(describeProgress({ ...job('waiting'), prompt: { text: 'Enter the code.', address: '', code: '', wanted: 'MFA code' } })).toBe('Waits for you to sign in');
});

test('progress says how much is there of how much, and where that is not known how much is there', () => {
  const sync = { ...job('running', 5_800_000, 35_500_000), lines: 8206, secondsLeft: 58, message: 'Fetching Oct 2026 of exports/daily, 2 of 13' };
  expect(describeProgress(sync)).toBe('5.8 MB of 35.5 MB · 8,206 lines · 58 s left · Fetching Oct 2026 of exports/daily, 2 of 13');
  expect(describeProgress({ ...sync, total: 0, secondsLeft: null })).toBe('5.8 MB · 8,206 lines · Fetching Oct 2026 of exports/daily, 2 of 13');
  expect(describeProgress({ ...sync, done: 0, total: 0, secondsLeft: null, message: 'Looking for new bills' })).toBe('Looking for new bills');
});
