import { describe, expect, test } from 'vitest';

import { areaOf, clampSelection, HEADER_ROW, moveSelection, selectAll, selectCell, selectRows } from './selection';

const bounds = { rows: 100, columns: 5, pageRows: 10 };
const press = (key: string, more: Partial<{ ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }> = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...more });
const at = (row: number, column: number) => selectCell({ row, column });

describe('keys', () => {
  test.each([
    ['ArrowDown', {}, { row: 6, column: 2 }],
    ['ArrowUp', {}, { row: 4, column: 2 }],
    ['ArrowLeft', {}, { row: 5, column: 1 }],
    ['ArrowRight', {}, { row: 5, column: 3 }],
    ['Home', {}, { row: 5, column: 0 }],
    ['End', {}, { row: 5, column: 4 }],
    ['Home', { ctrlKey: true }, { row: 0, column: 0 }],
    ['End', { ctrlKey: true }, { row: 99, column: 4 }],
    ['PageDown', {}, { row: 15, column: 2 }],
    ['PageUp', {}, { row: 0, column: 2 }],
    ['ArrowDown', { metaKey: true }, { row: 99, column: 2 }],
  ])('%s %j', (key, more, focus) => {
    expect(moveSelection(at(5, 2), press(key, more), bounds)).toEqual(selectCell(focus));
  });

  test('stop at the edges, with the header above the first row', () => {
    expect(moveSelection(at(0, 0), press('ArrowUp'), bounds)?.focus).toEqual({ row: HEADER_ROW, column: 0 });
    expect(moveSelection(at(HEADER_ROW, 0), press('ArrowUp'), bounds)?.focus).toEqual({ row: HEADER_ROW, column: 0 });
    expect(moveSelection(at(99, 4), press('PageDown'), bounds)?.focus).toEqual({ row: 99, column: 4 });
  });

  test('that move nothing are left to others', () => {
    expect(moveSelection(at(0, 0), press('x'), bounds)).toBeNull();
  });
});

describe('a selection', () => {
  test('grows with shift in any direction', () => {
    const up = moveSelection(moveSelection(at(5, 2), press('ArrowUp', { shiftKey: true }), bounds)!, press('ArrowLeft', { shiftKey: true }), bounds)!;
    expect(areaOf(up)).toEqual({ top: 4, bottom: 5, left: 1, right: 2 });
  });

  test('of everything covers every cell', () => {
    expect(areaOf(selectAll(bounds))).toEqual({ top: 0, bottom: 99, left: 0, right: 4 });
  });

  test('of rows runs from where it was begun', () => {
    const three = selectRows(selectRows(at(0, 0), 7, 5, false), 9, 5, true);
    expect(areaOf(three)).toEqual({ top: 7, bottom: 9, left: 0, right: 4 });
  });

  test('on the header covers no cell', () => {
    expect(areaOf(at(HEADER_ROW, 1))).toBeNull();
  });

  test('shrinks with the table', () => {
    expect(clampSelection(at(50, 4), { ...bounds, rows: 3, columns: 2 }).focus).toEqual({ row: 2, column: 1 });
  });
});
