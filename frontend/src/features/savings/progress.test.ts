import { expect, test } from 'vitest';

import type { MeasurementInfo, ProgressInfo, SavingsRecordInfo, TrackedInfo } from '../../lib/wire';
import { describeMeasured, describePart, doneOf, doneTable, formOf, historyTable, noDecision, partsTable, patchOf, problemOf, versionsOf } from './progress';

const progress: ProgressInfo = { state: 'done', reason: '', until: '', owner: 'nora', due: '', doneOn: '2026-11-01', note: '', version: 3, changedAt: '2026-11-02T09:00:00Z', changedBy: 'nora' };
const measured: MeasurementInfo = { outcome: 'realised', reason: '', daysBefore: 30, daysAfter: 17, firstDay: '2026-11-02', lastDay: '2026-11-18', before: '10', after: '2', saved: '8', savedOfLate: '8' };
const tracked: TrackedInfo = { id: '1', rule: 'A-NET-07', title: 'Address', provider: 'AWS', subAccount: '200', region: '', service: '', resourceId: 'eip-1', currency: 'USD', promised: '9', progress, measured };

test('a form of one finding has its values, and what its state does not have is not sent', () => {
  const form = formOf(progress);
  expect(form.owner).toBe('nora');
  expect(patchOf({ ...form, state: 'dismissed', reason: 'kept', doneOn: '2026-11-01' })).toMatchObject({ reason: 'kept', doneOn: null });
  expect(patchOf({ ...form, state: 'planned', reason: 'kept' })).toMatchObject({ state: 'planned', reason: null, doneOn: null });
});

test('a decision without anything, or a dismissal without a reason, cannot be saved', () => {
  expect(problemOf(noDecision)).not.toBeNull();
  expect(problemOf({ ...noDecision, state: 'dismissed', reason: ' ' })).not.toBeNull();
  expect(problemOf({ ...noDecision, owner: 'nora' })).toBeNull();
});

test('what was never decided has been seen as version 0', () => {
  expect(versionsOf([{ id: 'a', progress }, { id: 'b', progress: null }])).toEqual([{ id: 'a', seen: 3 }, { id: 'b', seen: 0 }]);
});

test('of what is done, what needs a look comes first, in its currency only', () => {
  const regressed: TrackedInfo = { ...tracked, id: '2', measured: { ...measured, outcome: 'regressed' } };
  const list = doneOf([tracked, regressed, { ...tracked, id: '3', currency: 'EUR' }, { ...tracked, id: '4', progress: { ...progress, state: 'planned' } }], 'USD');
  expect(list.map(({ id }) => id)).toEqual(['2', '1']);
  expect(describeMeasured(2, 1)).toBe('2 findings measured, 1 not yet');
});

test('every table that leaves has a cell for each column, and unknown amounts are empty', () => {
  const record: SavingsRecordInfo = { foundAt: '2026-11-22T09:00:00Z', asOf: '2026-11-18', totals: [{ currency: 'USD', monthlyCost: '100', net: '5', candidates: '1', findings: 2, realised: '0' }] };
  const tables = [doneTable([tracked, { ...tracked, promised: null, measured: null }]), historyTable([record], 'USD'), partsTable([{ by: 'team', value: '', currency: 'USD', findings: 1, net: '5' }], 'USD')];
  for (const { columns, rows, currencyColumn } of tables) {
    for (const row of rows) {
      expect(row).toHaveLength(columns.length);
      expect(row[currencyColumn]).toBe('USD');
    }
  }
  expect(tables[0]?.rows[1]?.[11]).toBeNull();
  expect(describePart('team', '')).toBe('No team');
});
