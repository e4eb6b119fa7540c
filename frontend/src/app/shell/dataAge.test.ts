import { expect, test } from 'vitest';

import type { LedgerState, ProviderState, SyncStandingInfo } from '../../lib/wire';
import { describeDataAge } from './dataAge';

const now = Date.parse('2026-11-20T12:00:00Z');
const provider = (name: string, lastDay: string, importedAt: string): ProviderState => ({ provider: name, firstDay: '2026-09-01', lastDay, importedAt, missingDays: [], lines: 1, lateDays: 0, ended: false });
const state = (...providers: ProviderState[]) => ({ newestDay: '2026-11-19', providers }) as LedgerState;
const standing = (more: Partial<SyncStandingInfo>): SyncStandingInfo => ({ syncedAt: '', failingSince: '', retryAt: '', ...more });

test('charges that a connection brings in are as old as its last sync, also where it found nothing new', () => {
  const ledger = state(provider('AWS', '2026-11-19', '2026-11-12T12:00:00Z'), provider('Microsoft', '2026-11-17', '2026-11-18T12:00:00Z'));
  const alone = describeDataAge(ledger, [], now);
  expect(alone).toMatchObject({ to: 'To 19 Nov', age: 'imported 2 days ago', failing: '' });
  const { age, each } = describeDataAge(ledger, [{ provider: 'AWS', standing: standing({ syncedAt: '2026-11-20T10:00:00Z' }) }], now);
  expect(age).toBe('synced 2 h ago');
  expect(each).toEqual(['AWS: to 19 Nov 2026, synced 2 h ago', 'Microsoft: to 17 Nov 2026, imported 2 days ago']);
});

test('a provider that does not answer is named, with since when and the next try', () => {
  const failing = standing({ syncedAt: '2026-11-19T12:00:00Z', failingSince: '2026-11-20T09:00:00Z', retryAt: '2026-11-20T12:20:00Z' });
  const shown = describeDataAge(state(provider('AWS', '2026-11-19', '2026-11-12T12:00:00Z')), [{ provider: 'AWS', standing: failing }], now);
  expect(shown.failing).toMatch(/^AWS failing since \d\d:00, next try in 20 min$/);
  expect(shown.each[0]).toMatch(/synced yesterday, syncs failing since 20 Nov 2026, \d\d:00, next try in 20 min$/);
  const since = { ...failing, failingSince: '2026-11-15T12:00:00Z', retryAt: '' };
  expect(describeDataAge(state(provider('AWS', '2026-11-12', '2026-11-12T12:00:00Z')), [{ provider: 'AWS', standing: since }], now).failing).toBe('AWS failing since 15 Nov');
});
