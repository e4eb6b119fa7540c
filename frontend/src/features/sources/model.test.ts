import { expect, test } from 'vitest';

import type { ConnectionInfo, JobInfo, SyncRunInfo } from '../../lib/wire';
import { describeChanges, describeConnection, describeExtras, describeFailure, describeMonths, describeProblem, describeSteps, describeSyncs } from './model';

const now = Date.parse('2026-11-20T12:00:00Z');
const run = (state: string): SyncRunInfo => ({ id: 1, connection: 'c', state, startedAt: '2026-11-20T11:00:00Z', endedAt: '2026-11-20T11:01:00Z', seconds: 60, months: 0, files: 0, lines: 0, calls: 0, retries: 0, received: 0, note: 'Amazon S3 does not answer.', charged: '', totals: [], bills: [], days: [] });
const connection = (more: Partial<ConnectionInfo>): ConnectionInfo => ({
  id: 'c', name: 'Main', kind: 'aws', label: 'AWS', from: '', values: [], secrets: [], missingSecrets: [], problem: '', version: 1, changedAt: '', changedBy: '', months: [], namedAt: '', extras: [], lastRun: null, standing: { syncedAt: '', failingSince: '', retryAt: '' }, ...more,
});

test('a connection says what a person must know first', () => {
  const failing = { syncedAt: '2026-11-19T12:00:00Z', failingSince: '2026-11-20T11:00:00Z', retryAt: '2026-11-20T12:15:00Z' };
  const label = (more: Partial<ConnectionInfo>, job?: JobInfo) => describeConnection(connection(more), job).label;
  expect(label({})).toBe('Never synced');
  expect(label({ lastRun: run('done'), standing: { ...failing, failingSince: '' } })).toBe('Up to date');
  expect(label({ lastRun: run('unanswered'), standing: failing })).toBe('No answer');
  expect(label({ lastRun: run('failed'), standing: failing })).toBe('Failed');
  expect(label({ lastRun: run('interrupted') })).toBe('Interrupted');
  expect(label({ missingSecrets: ['Secret access key'], problem: 'x' })).toBe('Enter its secret again');
  expect(label({ problem: 'The keychain is locked.' })).toBe('Cannot be used');
  expect(label({ lastRun: run('unanswered'), standing: failing }, { state: 'paused' } as JobInfo)).toBe('Paused');
  expect(describeProblem(connection({ missingSecrets: ['Secret access key'], problem: 'x' }))).toBe('The keychain of this computer does not have: Secret access key. Enter it again.');
});

test('a failure says since when, why and when the next try is', () => {
  const standing = { syncedAt: '2026-11-19T12:00:00Z', failingSince: '2026-11-20T11:00:00Z', retryAt: '2026-11-20T12:15:00Z' };
  expect(describeFailure(connection({ lastRun: run('unanswered'), standing }), now)).toMatch(/^Failing since 20 Nov 2026, \d\d:00: Amazon S3 does not answer\. Next try in 15 min\. Bills imported earlier are kept\.$/);
  expect(describeFailure(connection({ lastRun: run('unanswered'), standing: { ...standing, retryAt: '' } }), now)).toContain('Sync to try again.');
  expect(describeFailure(connection({ lastRun: run('failed'), standing: { ...standing, retryAt: '', syncedAt: '' } }), now)).toMatch(/does not answer\.$/);
  expect(describeFailure(connection({ lastRun: run('done') }), now)).toBe('');
});

test('what was brought in is shown by months, or by files where the place has none', () => {
  const month = (name: string, dataSet = 'e/daily') => ({ dataSet, month: name, files: 2, bytes: 1_000_000, importId: 0, syncedAt: '' });
  expect(describeMonths(connection({}))).toBe('Nothing yet');
  expect(describeMonths(connection({ months: [month('2026-09'), month('2026-10'), month('2026-10', 'e/focus')] }))).toBe('Sep – Oct 2026, 2 exports, 3 MB');
  expect(describeMonths(connection({ months: [month('', '')] }))).toBe('2 files, 1 MB');
});

test('what is read beside bills is named with its age', () => {
  const extras = [{ name: 'EC2 instances', readAt: '2026-11-20T08:00:00Z' }, { name: 'EBS volumes', readAt: '2026-11-20T08:01:00Z' }, { name: 'RDS instances', readAt: '2026-11-18T08:00:00Z' }];
  expect(describeExtras(connection({ extras }), Date.parse('2026-11-20T10:01:00Z'))).toBe('EC2 instances, EBS volumes, RDS instances (2 days ago). Last read 2 h ago');
});

test('a sync says what it changed: the newest months, and the newest day against the day before', () => {
  const bill = (month: string) => ({ month, currency: 'USD', before: '3', after: '7', change: '4', relative: '1.333333' });
  const changed = { ...run('done'), bills: ['2026-10', '2026-09', '2026-08', '2026-07', '2026-06'].map(bill), days: [{ day: '2026-10-03', currency: 'USD', amount: '7', before: '0', change: '7', relative: '', partial: true }] };
  expect(describeChanges(changed)).toEqual(['All bills of Oct 2026: 7.00 USD, +4.00 USD (+133.3 %)', 'All bills of Sep 2026: 7.00 USD, +4.00 USD (+133.3 %)', 'All bills of Aug 2026: 7.00 USD, +4.00 USD (+133.3 %)', 'and 2 earlier months', 'Newest day, 3 Oct 2026: 7.00 USD, +7.00 USD against the day before; the provider may add to it']);
  expect(describeChanges({ ...changed, bills: [{ ...bill('2026-10'), before: '0', change: '7', relative: '' }], days: changed.days.map((day) => ({ ...day, change: '0', partial: false })) })).toEqual(['All bills of Oct 2026: 7.00 USD, new', 'Newest day, 3 Oct 2026: 7.00 USD, the same as the day before']);
  const both = { ...changed, bills: ['2026-10', '2026-09', '2026-08', '2026-07'].flatMap((month) => [{ ...bill(month), currency: 'EUR' }, bill(month)]), days: [] };
  expect(describeChanges(both).map((line) => line.slice(0, 28))).toEqual(['All bills of Oct 2026: 7.00 ', 'All bills of Oct 2026: 7.00 ', 'All bills of Sep 2026: 7.00 ', 'All bills of Sep 2026: 7.00 ', 'All bills of Aug 2026: 7.00 ', 'All bills of Aug 2026: 7.00 ', 'and 1 earlier month']);
  expect(describeChanges(run('done'))).toEqual([]);
});

test('a sync that went well is one entry, one that did not stands beside the last that did', () => {
  const standing = { syncedAt: '2026-11-20T11:00:00Z', failingSince: '', retryAt: '' };
  const last = { seconds: 27, calls: 32, received: 16_200_000, note: 'Imported Jul – Nov 2026 of exports/daily.' };
  expect(describeSyncs(connection({}), undefined, now)).toEqual([['Synced', ['Not yet']]]);
  expect(describeSyncs(connection({ lastRun: { ...run('done'), ...last }, standing }), undefined, now)).toEqual([['Synced', ['1 h ago, took 27 s, 32 calls, 16.2 MB received', 'Imported Jul – Nov 2026 of exports/daily.']]]);
  expect(describeSyncs(connection({ lastRun: { ...run('interrupted'), ...last }, standing }), undefined, now)[1]).toEqual(['Last sync', ['1 h ago, took 27 s, 32 calls, 16.2 MB received', 'Imported Jul – Nov 2026 of exports/daily.']]);
  expect(describeSyncs(connection({ lastRun: { ...run('failed'), seconds: 0, note: 'Refused.' }, standing: { ...standing, failingSince: '2026-11-20T11:00:00Z' } }), undefined, now)[1]).toEqual(['Last sync', ['1 h ago']]);
  expect(describeSyncs(connection({ lastRun: run('done'), standing }), { state: 'running' } as JobInfo, now)).toEqual([['Synced', ['1 h ago']]]);
});

test('a test says whether bills can be synced; what is read beside them does not hold them up', () => {
  const step = (name: string, ok: boolean, beside = false) => ({ name, ok, detail: '', beside });
  expect(describeSteps([])).toMatchObject({ usable: false });
  expect(describeSteps([step('Sign in', true)])).toEqual({ usable: true, summary: 'All steps worked.' });
  expect(describeSteps([step('Sign in', true), step('List the bucket', false)])).toEqual({ usable: false, summary: 'Bills cannot be synced yet. Did not work: list the bucket.' });
  expect(describeSteps([step('Sign in', true), step('Read metrics', false, true), step('Read recommendations', false, true)])).toEqual({ usable: true, summary: 'Bills can be synced. Did not work: read metrics, read recommendations.' });
});
