import { describe, expect, test } from 'vitest';

import { type Column } from './model';
import { fitting, needOf, shareRoom } from './widths';

const column = (more: Partial<Column<null>>): Column<null> => ({ id: 'a', header: 'A', kind: 'text', value: () => '', ...more });
const name = column({ width: 160 });
const money = column({ kind: 'number', width: 100 });
const month = column({ whole: true });

const sum = (sizes: number[]) => sizes.reduce((all, one) => all + one, 0);

describe('the room of a table', () => {
  test('money and months are as wide as their widest content, whatever the author thought', () => {
    expect(needOf(money, 143, undefined)).toEqual({ least: 143, short: 143, usual: 143, full: 143 });
    expect(needOf(month, 71, undefined)).toEqual({ least: 71, short: 71, usual: 71, full: 71 });
    expect(needOf(column({ whole: true, width: 112, render: () => null }), 90, undefined).least).toBe(112);
    expect(needOf(column({ whole: true, render: () => null }), 90, undefined).least).toBe(106);
  });

  test('names give way first, and only them', () => {
    const needs = [needOf(month, 80, undefined), needOf(name, 400, undefined), needOf(name, 300, undefined), needOf(money, 120, undefined)];
    for (const room of [400, 500, 600, 700, 800, 1000, 2000]) {
      const sizes = shareRoom(needs, room, [false, true, true, false]);
      expect([sizes[0], sizes[3]]).toEqual([80, 120]);
      expect(sum(sizes)).toBeLessThanOrEqual(room);
      expect(sum(sizes)).toBeGreaterThan(room - 4);
    }
    expect(shareRoom(needs, 520, [false, true, true, false])).toEqual([80, 160, 160, 120]);
    expect(shareRoom(needs, 900, [false, true, true, false])).toEqual([80, 400, 300, 120]);
  });

  test('where the least does not fit, the table scrolls and names are readable', () => {
    const needs = [needOf(month, 80, undefined), needOf(name, 400, undefined), needOf(money, 120, undefined)];
    expect(shareRoom(needs, 200, [false, true, false])).toEqual([80, 160, 120]);
  });

  test('secondary columns go before it scrolls, the least needed first', () => {
    const needs = [needOf(month, 80, undefined), needOf(money, 120, undefined), needOf(money, 100, undefined), needOf(name, 400, undefined)];
    const ranks = [undefined, 1, 2, undefined];
    expect(fitting(needs, ranks, 460)).toEqual([true, true, true, true]);
    expect(fitting(needs, ranks, 459)).toEqual([true, true, false, true]);
    expect(fitting(needs, ranks, 359), 'a narrower one has room').toEqual([true, false, true, true]);
    expect(fitting(needs, ranks, 339)).toEqual([true, false, false, true]);
    expect(fitting(needs, ranks, 10)).toEqual([true, false, false, true]);
  });

  test('a short name needs no more than it is wide, a dragged column what it was given', () => {
    expect(needOf(name, 60, undefined)).toEqual({ least: 60, short: 60, usual: 60, full: 60 });
    expect(needOf(money, 143, 70)).toEqual({ least: 70, short: 70, usual: 70, full: 70 });
  });
});
