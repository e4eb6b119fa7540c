import { expect, test } from 'vitest';

import { freshness, incompleteDays } from './completeness';

const level = { name: 'AWS', firstDay: '2026-01-01', lastDay: '2026-11-20', missingDays: [] };
const late = { name: 'Microsoft', firstDay: '2026-01-01', lastDay: '2026-11-18', missingDays: ['2026-11-05'] };
const gone = { name: 'Oracle', firstDay: '2026-01-01', lastDay: '2026-03-31', missingDays: [] };

test('tells the late from the ended', () => {
  const [first, second, third] = freshness([level, late, gone], '2026-11-20');
  expect(first).toMatchObject({ lateDays: 0, ended: false });
  expect(second).toMatchObject({ lateDays: 2, ended: false });
  expect(third).toMatchObject({ lateDays: 0, ended: true });
});

test('a day is incomplete for who lacks it', () => {
  expect([...incompleteDays([level, late, gone], '2026-11-20')]).toEqual([
    ['2026-11-05', ['Microsoft']],
    ['2026-11-19', ['Microsoft']],
    ['2026-11-20', ['Microsoft']],
  ]);
});
