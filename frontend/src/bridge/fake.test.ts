import { expect, test } from 'vitest';

import { add, compare } from '../lib/decimal';
import { conditionFilter, everything } from '../lib/filter';
import type { Question } from '../lib/wire';
import { AppError, toAppError } from './errors';
import { createFakeBridge } from './fake';

const question: Question = { metrics: ['BilledCost', 'EffectiveCost'], groupBy: [], where: everything, from: '', to: '', grain: '', currency: '', limit: 0, sort: '' };

test('rows of any grouping add up to the total of their currency', async () => {
  const { ledger } = createFakeBridge();
  for (const groupBy of [['ServiceName'], ['Provider', 'RegionId'], ['Account'], ['Tags/team'], ['HasTags']]) {
    const { rows, totals } = await ledger.Ask({ ...question, groupBy, grain: 'month' });
    expect(totals.map((row) => row.currency).sort()).toEqual(['EUR', 'USD']);
    for (const total of totals) {
      const sum = rows.filter((row) => row.currency === total.currency).reduce((before, row) => add(before, row.amounts[1] ?? '0'), '0');
      expect(compare(sum, total.amounts[1] ?? 'none'), groupBy.join()).toBe(0);
    }
  }
});

test('a limit cuts rows but not totals', async () => {
  const { ledger } = createFakeBridge();
  const all = await ledger.Ask({ ...question, groupBy: ['ServiceName'], currency: 'USD' });
  const few = await ledger.Ask({ ...question, groupBy: ['ServiceName'], currency: 'USD', limit: 3 });
  expect(few.rows).toEqual(all.rows.slice(0, 3));
  expect(few.totals).toEqual(all.totals);
  expect(few.groups).toBe(all.rows.length);
});

test('in and not in share the ledger between them', async () => {
  const { ledger } = createFakeBridge();
  const values = ['Amazon Simple Storage Service', null];
  const count = async (op: 'in' | 'not_in') => (await ledger.Lines({ where: conditionFilter({ column: 'ServiceName', op, values }), from: '', to: '', currency: '', columns: [], sortBy: '', sortDesc: false, search: '', offset: 0, limit: 0 })).total;
  const { lines } = await ledger.State();
  expect((await count('in')) + (await count('not_in'))).toBe(lines);
});

test('failures keep their code, and what is none becomes internal', () => {
  const error = toAppError({ code: 'conflict', message: 'Taken.', ref: 'r1' });
  expect(error).toBeInstanceOf(AppError);
  expect([error.code, error.message, error.ref]).toEqual(['conflict', 'Taken.', 'r1']);
  expect(toAppError({ code: 'whatever', message: 'x' }).code).toBe('internal');
  expect(toAppError('plain words').message).toBe('plain words');
});
