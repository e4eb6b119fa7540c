import { expect, test } from 'vitest';

import type { PassportMonthDocument } from '../../lib/wire';
import { stripRows } from './model';

const month = (name: string, more: Partial<PassportMonthDocument> = {}): PassportMonthDocument => ({ month: name, complete: false, running: false, billed: false, missingDays: [], states: ['missing', 'missing'], lines: [0, 0], late: [], ...more });

test('months of one word of which all days are missing are one row, all others stay', () => {
  const rows = stripRows([
    month('2018-12'),
    month('2019-01'),
    month('2019-02', { states: ['covered', 'missing'], lines: [1, 0] }),
    month('2019-03'),
    month('2019-04', { billed: true }),
    month('2019-05', { billed: true }),
    month('2019-06'),
    month('2019-07'),
  ]);
  expect(rows.map(({ months }) => months)).toEqual([['2018-12', '2019-01'], ['2019-02'], ['2019-03'], ['2019-04', '2019-05'], ['2019-06', '2019-07']]);
});
