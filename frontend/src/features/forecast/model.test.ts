import { expect, test } from 'vitest';

import { add } from '../../lib/decimal';
import type { ForecastInfo, ForecastMonthInfo } from '../../lib/wire';
import { courseOf, describeBias, describeModels, forecastTable, judgeBacktest, partsOf } from './model';

const month: ForecastMonthInfo = { month: '2026-11', actual: '70', fixed: '0', varying: '30.5', ends: '0', planned: '0', forecast: '100.5', low80: '95', high80: '106', low95: '90', high95: '111' };
const info: ForecastInfo = {
  metric: 'EffectiveCost', currency: 'USD', asOf: '2026-11-20', refused: '', notes: [], effects: [], models: [{ model: 'mean of 4 weeks', share: '0.6400' }, { model: 'trend of 8 weeks', share: '0.3600' }],
  backtest: { wape: '0.0610', bias: '-0.0210', daily: '0.1', tests: [] },
  past: [{ month: '2026-09', actual: '80', whole: false }, { month: '2026-10', actual: '90', whole: true }], months: [month, { ...month, month: '2026-12', actual: null, fixed: '10', varying: '90' , forecast: '100' }],
};

test('the course has every month once, and bands only where there is a forecast', () => {
  const course = courseOf(info);
  expect(course.points.map(({ time, amounts }) => [time, ...amounts])).toEqual([['2026-09', '80', null], ['2026-10', '90', null], ['2026-11', null, '100.5'], ['2026-12', null, '100']]);
  expect(course.low95).toEqual([null, null, '90', '90']);
  expect(course.points[0]?.incomplete).toBeDefined();
});

test('the parts of a month are the whole of it, and what no month has is left out', () => {
  for (const one of info.months) expect(Number(partsOf([one]).map((part) => part.of(one)).reduce(add, '0'))).toBe(Number(one.forecast));
  expect(partsOf([month]).map(({ id }) => id)).toEqual(['actual', 'varying']);
});

test('the back-test is judged by the target, and the bias says its direction', () => {
  expect([judgeBacktest('0.12').tone, judgeBacktest('0.1201').tone, judgeBacktest(null).tone]).toEqual(['good', 'bad', 'plain']);
  expect([describeBias('-0.0210'), describeBias('0.0210')]).toEqual(['2.1 % too low on average', '2.1 % too high on average']);
  expect(describeModels(info.models)).toBe('Mean of 4 weeks 64\u00a0%, trend of 8 weeks 36\u00a0%');
});

test('the table that leaves has past months and those to come, each with its currency', () => {
  const table = forecastTable(info);
  expect(table.rows).toHaveLength(4);
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  expect(table.columns[table.currencyColumn]?.name).toBe('Currency');
});

test('of many models those that count most are named', () => {
  const of = (count: number) => Array.from({ length: count }, (_, at) => ({ model: `model ${at}`, share: '0.1' }));
  expect(describeModels(of(2))).toBe('Model 0 10\u00a0%, model 1 10\u00a0%');
  expect(describeModels(of(6)).endsWith('model 5 10\u00a0%')).toBe(true);
  expect(describeModels(of(9))).toBe('Model 0 10\u00a0%, model 1 10\u00a0%, model 2 10\u00a0%, model 3 10\u00a0%, model 4 10\u00a0% and 4 others');
});
