import { expect, test } from 'vitest';

import { huesOf, otherKey } from '../theme/seriesColor';
import { shownParts } from './datum';
import { axisOf, dataOf, edgesOf, incompleteRuns, type ChartPoint } from './model';

const point = (time: string, amounts: (string | null)[], incomplete?: string): ChartPoint => ({ time, tick: time, label: time, amounts, total: null, context: false, incomplete });

test('a tooltip lists the largest part first and leaves out what is not there', () => {
  const series = ['a', 'b', 'c'].map((id) => ({ id, label: id, color: '' }));
  expect(dataOf([point('t', ['2.5', null, '10'])], series).flatMap(shownParts).map((part) => part.id)).toEqual(['c', 'a']);
});

test('incomplete bars side by side make one run, and those without data another one', () => {
  const points = [point('1', []), point('2', [], 'x'), point('3', [], 'x'), point('4', []), point('5', [], 'x'), { ...point('6', [], 'y'), empty: true }, { ...point('7', []), empty: true }];
  expect(incompleteRuns(points)).toEqual([
    { from: 1, to: 2, text: 'x', empty: false },
    { from: 4, to: 4, text: 'x', empty: false },
    { from: 5, to: 6, text: 'no data', empty: true },
  ]);
});

test('ticks are round, hold every stack and go below zero for credits', () => {
  expect(axisOf([{ s0: 9_000, s1: 7_300 }], 2)).toEqual({ low: 0, high: 20_000, ticks: [0, 5_000, 10_000, 15_000, 20_000] });
  const [first = 0, ...rest] = axisOf([{ s0: 100, s1: -30 }], 2).ticks;
  expect(first).toBeLessThanOrEqual(-30);
  expect(rest.at(-1)).toBeGreaterThanOrEqual(100);
  expect(rest).toContain(0);
});

test('amounts that come to nothing are not drawn large', () => {
  expect(axisOf([{ s0: -0.000000007 }, { s0: 0.00000001 }], 1)).toEqual({ low: 0, high: 1, ticks: [0, 1] });
  expect(axisOf([{ s0: 0.0002 }], 1).high).toBe(0.0002);
});

test('a slight credit is inside the axis without an empty step below zero', () => {
  expect(axisOf([{ s0: 8_000, s1: -40 }], 2)).toEqual({ low: -40, high: 8_000, ticks: [0, 2_000, 4_000, 6_000, 8_000] });
  expect(axisOf([{ s0: 3, s1: -900 }], 2)).toEqual({ low: -1_000, high: 3, ticks: [-1_000, -800, -600, -400, -200, 0] });
});

test('a cloud keeps its hue whatever stands beside it, and no hue is given twice', () => {
  expect(huesOf(['Google Cloud', 'AWS'])).toEqual(['green', 'gold']);
  expect(huesOf(['AWS', otherKey])).toEqual(['gold', 'grey']);
  expect(huesOf([null, otherKey])).toEqual(['slate', 'grey']);
  expect(huesOf(['ACMECORP Licenses', 'Nimbus', 'Zephyr', 'Cirrus', 'Stratus']).filter((hue) => ['gold', 'sky', 'green'].includes(hue))).toEqual([]); // they mean clouds
  const many = huesOf(['AWS', 'Microsoft', 'Nimbus', 'Zephyr', 'Cirrus', 'Stratus', 'Altus', otherKey]);
  expect(new Set(many).size).toBe(many.length);
});

test('the edge of a part of a stack is where it ends, on its own side of zero', () => {
  expect(edgesOf([{ index: 0, s0: 5, s1: -2, s2: 3 }, { index: 1, s0: 0, s1: -1, s2: 0 }], 3)).toEqual([
    { index: 0, s0: 5, s1: -2, s2: 3, t0: 5, t1: -2, t2: 8 },
    { index: 1, s0: 0, s1: -1, s2: 0, t0: 0, t1: -1, t2: 0 },
  ]);
});
