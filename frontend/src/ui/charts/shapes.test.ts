import { describe, expect, test } from 'vitest';

import { axisLabels } from './axis';
import { lineAxis, lineData, lineMarks } from './bands';
import { barRows, rangeRows, waterfallRows } from './barRows';
import { stepTo, tableColumns } from './datum';
import { ganttBars, ganttMonths } from './gantt';
import { heatData, heatOf, ticksOf } from './heat';
import { seriesAt, type ChartPoint } from './model';
import { arcs, drawnSlices, linesOf, sliceData } from './slices';

const point = (time: string, amounts: (string | null)[] = []): ChartPoint => ({ time, tick: time.slice(5), label: time, amounts, total: null, context: false });

describe('the axis of time', () => {
  const days = (count: number, from: string) => Array.from({ length: count }, (_, at) => point(new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10)));

  test('names the last point, and no two labels meet', () => {
    const labels = axisLabels(days(90, '2026-08-23'), 560);
    expect(labels.at(-1)?.index).toBe(89);
    expect(labels.at(-1)?.align).toBe('end');
    for (let at = 1; at < labels.length; at += 1) expect(((labels[at]?.index ?? 0) - (labels[at - 1]?.index ?? 0)) * (560 / 90)).toBeGreaterThan(5 * 6.4);
  });

  test('names a year once where there are several, and none where there is one', () => {
    expect(axisLabels(days(90, '2026-08-23'), 900).every(({ year }) => year === null)).toBe(true);
    expect(axisLabels(days(60, '2026-12-01'), 900).flatMap(({ year }) => year ?? [])).toEqual(['2026', '2027']);
  });

  test('an axis without room or points has no labels', () => {
    expect(axisLabels([], 500)).toEqual([]);
    expect(axisLabels(days(3, '2026-08-23'), 0)).toEqual([]);
  });
});

test('a click on a stack meets the series that is drawn there, also below zero', () => {
  const marks = { s0: 10, s1: -5, s2: 20 };
  expect([5, 25, -2, 40].map((value) => seriesAt(marks, 3, value))).toEqual([0, 2, 1, null]);
});

test('keys walk over the data and stop at its ends', () => {
  expect(stepTo('ArrowRight', null, 3)).toBe(0);
  expect(stepTo('ArrowRight', 2, 3)).toBe(2);
  expect(stepTo('ArrowLeft', null, 3)).toBe(2);
  expect(stepTo('End', 0, 3)).toBe(2);
  expect(stepTo('a', 0, 3)).toBeNull();
  expect(stepTo('Home', null, 0)).toBeNull();
});

test('the table of a chart has a column for every part that any datum has', () => {
  const part = (id: string) => ({ id, label: id.toUpperCase(), amount: '1' });
  expect(tableColumns([{ key: '1', label: '', parts: [part('a')] }, { key: '2', label: '', parts: [part('b'), part('a')] }])).toEqual([{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }]);
});

describe('lines and bands', () => {
  const band = { id: 'b', label: 'Range', color: '', low: [null, '-4'], high: ['9', '30'] };
  const points = [point('1', ['5']), point('2', [null])];

  test('what has no value has no mark, and the steps hold the band', () => {
    const marks = lineMarks(points, [band]);
    expect(marks).toEqual([{ index: 0, s0: 5, b0: null }, { index: 1, s0: null, b0: [-4, 30] }]);
    const { ticks } = lineAxis(marks);
    expect(ticks[0]).toBeLessThanOrEqual(-4);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(30);
  });

  test('a band is written as a range where it has both ends', () => {
    const texts = lineData(points, [{ id: 'a', label: 'A', color: '' }], [band], 'EUR').map(({ parts }) => parts.find(({ id }) => id === 'b')?.text);
    expect(texts).toEqual([undefined, '−4.00 – 30.00']);
  });
});

describe('bars in rows', () => {
  test('a waterfall hangs each change between its levels, to the last digit', () => {
    const { bars, zero } = waterfallRows(
      [
        { id: 'a', label: '', kind: 'level', amount: '100' },
        { id: 'b', label: '', kind: 'change', amount: '-40.1' },
        { id: 'c', label: '', kind: 'change', amount: '0.1' },
        { id: 'd', label: '', kind: 'level', amount: '60' },
      ],
      'EUR',
    );
    expect(zero).toBe(0);
    expect(bars.map(({ from, to }) => [from, to])).toEqual([[0, 1], [0.599, 1], [0.599, 0.6], [0, 0.6]]);
    expect(bars.map(({ text }) => text)).toEqual(['100.00', '−40.10', '+0.10', '60.00']);
    expect(bars[1]?.color).not.toBe(bars[2]?.color);
  });

  test('bars on either side of zero, and an unknown amount without one', () => {
    const row = (amount: string | null) => ({ id: String(amount), label: '', amount, color: '' });
    const { bars, zero } = barRows([row('30'), row('-10'), row(null)], 'EUR');
    expect(zero).toBe(0.25);
    expect(bars.map(({ from, to }) => [from, to])).toEqual([[0.25, 1], [0, 0.25], [0.25, 0.25]]);
    expect(bars[2]?.text).toBe('unknown');
  });

  test('a range lies from its low to its high case', () => {
    expect(rangeRows([{ id: 'a', label: '', low: '-10', high: '30', color: '' }], 'EUR').bars[0]).toMatchObject({ from: 0, to: 1, text: '−10.00 – 30.00' });
  });
});

describe('parts of a whole', () => {
  const slice = (id: string, amount: string) => ({ id, label: id, amount, color: '' });

  test('largest first; credits and zeros are not drawn and keep their place in the data', () => {
    expect(drawnSlices([slice('a', '1'), slice('credit', '-9'), slice('b', '3'), slice('zero', '0')]).map(({ id, index }) => [id, index])).toEqual([['b', 2], ['a', 0]]);
  });

  test('the ring closes', () => {
    const ring = arcs(drawnSlices([slice('a', '1'), slice('b', '3')]));
    expect(ring.map(({ start, end }) => [start, end])).toEqual([[90, -180], [-180, -270]]);
  });

  test('a name is broken between its words, and left out where one has no room', () => {
    expect(linesOf('Azure Database for PostgreSQL', 100)).toEqual(['Azure Database', 'for PostgreSQL']);
    expect(linesOf('Amazon S3', 200)).toEqual(['Amazon S3']);
    expect(linesOf('Azure Database for PostgreSQL', 60)).toEqual([]);
  });

  test('a share is of the total of the ledger, and left out where there are credits', () => {
    expect(sliceData([slice('a', '1'), slice('b', '3')], '4', 'Cost')[0]?.parts[1]?.text).toBe('25.0 %');
    expect(sliceData([slice('a', '1'), slice('b', '-1')], '0', 'Cost').every(({ parts }) => parts.length === 1)).toBe(true);
  });
});

test('ticks of a heat map keep apart', () => {
  const shown = (count: number, width: number) => ticksOf(Array.from({ length: count }, (_, at) => ({ tick: `${at}`, label: `${at}` })), width).flatMap(({ tick }) => (tick === '' ? [] : [Number(tick)]));
  expect(shown(3, 1000)).toEqual([0, 1, 2]);
  expect(shown(13, 630)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(shown(90, 400)).toEqual([0, 30, 60]);
  expect(shown(1, 0)).toEqual([0]);
});

test('ticks of a heat map name each year once where there are several', () => {
  const shown = (...times: string[]) => ticksOf(times.map((time) => ({ time, tick: time.slice(5), label: time })), 1000).map(({ tick }) => tick);
  expect(shown('2025-11', '2025-12', '2026-01', '2026-02')).toEqual(['11 2025', '12', '01 2026', '02']);
  expect(shown('2026-01', '2026-02')).toEqual(['01', '02']);
});

test('heat is measured by the largest amount of a row, whatever its sign', () => {
  const rows = [{ id: 'r', label: 'Mon', amounts: ['5', '-10', null] }];
  expect(heatOf([...rows, { id: 's', label: 'Tue', amounts: ['1', '0.25', '0'] }], 2)).toEqual([[0.5, 1, null], [1, 0.25, 0]]);
  expect(heatData(rows, ['a', 'b', 'c'].map((tick) => ({ tick, label: tick.toUpperCase() })), 'Cost').map(({ label, parts }) => [label, parts[0]?.amount])).toEqual([['Mon, A', '5'], ['Mon, B', '-10'], ['Mon, C', null]]);
  expect(heatOf([{ id: 'r', label: '', amounts: ['0'] }], 2)).toEqual([[0]]);
  expect(heatOf([{ id: 'r', label: '', amounts: ['0.004', '-0.0001', '0'] }], 2)).toEqual([[0, 0, 0]]);
  expect(heatOf([{ id: 'r', label: '', amounts: ['0.004', '0.002', '0'] }], 3)).toEqual([[1, 0.5, 0]]);
});

test('a plan runs from its first to the end of its last day, and names the months that begin in it', () => {
  const task = (from: string, to: string) => ({ id: from, label: '', from, to, color: '' });
  const tasks = [task('2026-12-22', '2026-12-31'), task('2027-01-01', '2027-01-10')];
  expect(ganttBars(tasks)).toEqual([{ from: 0, to: 0.5 }, { from: 0.5, to: 1 }]);
  expect(ganttMonths(tasks)).toEqual([{ label: 'Dec 2026', at: 0 }, { label: 'Jan 2027', at: 0.5 }]);
  expect(ganttMonths([])).toEqual([]);
});
