import { describe, expect, test } from 'vitest';

import {
  drawnRows,
  isScaled,
  needsDrawing,
  offsetMax,
  originOf,
  revealRow,
  SCROLL_HEIGHT_MAX,
  scrollHeight,
  showsBlank,
  toOffset,
  toScrollTop,
  visibleRows,
} from './window';

const small = { rows: 1000, rowHeight: 32, viewport: 640 };
const huge = { rows: 1_000_000, rowHeight: 32, viewport: 640 };

describe('the scroll bar', () => {
  test('of a small table is as long as its rows', () => {
    expect(isScaled(small)).toBe(false);
    expect(scrollHeight(small)).toBe(32_000);
    expect(toOffset(777, small)).toBe(777);
  });

  test('of a million rows stays within what every web view can lay out', () => {
    expect(isScaled(huge)).toBe(true);
    expect(scrollHeight(huge)).toBe(SCROLL_HEIGHT_MAX);
  });

  test('reaches the last row of a million at its end and the first at its beginning', () => {
    const bottom = SCROLL_HEIGHT_MAX - huge.viewport;
    expect(toOffset(0, huge)).toBe(0);
    expect(visibleRows(toOffset(bottom, huge), huge).last).toBe(999_999);
    expect(toOffset(bottom + 500, huge)).toBe(offsetMax(huge));
  });

  test('comes back to where it was for every offset', () => {
    for (const offset of [0, 31, 32_000, 15_999_999, offsetMax(huge)]) {
      expect(toOffset(toScrollTop(offset, huge), huge)).toBeCloseTo(offset, 3);
    }
  });
});

describe('the rows drawn', () => {
  test('are those in view and two screens on either side', () => {
    const offset = 500 * 32;
    expect(visibleRows(offset, small)).toEqual({ first: 500, last: 519 });
    expect(drawnRows(offset, small)).toEqual({ first: 460, last: 559 });
  });

  test('stay inside the table', () => {
    expect(drawnRows(0, small)).toEqual({ first: 0, last: 59 });
    expect(drawnRows(offsetMax(small), small).last).toBe(999);
    expect(drawnRows(0, { ...small, rows: 0 })).toEqual({ first: 0, last: -1 });
  });

  test('are renewed a screen before anything could be missing', () => {
    const drawn = drawnRows(500 * 32, small);
    expect(needsDrawing(drawn, 510 * 32, small)).toBe(false);
    const later = 521 * 32;
    expect(needsDrawing(drawn, later, small)).toBe(true);
    expect(showsBlank(drawn, later, small)).toBe(false);
    expect(showsBlank(drawn, 541 * 32, small)).toBe(true);
  });

  test('leave no row in view undrawn anywhere in a million', () => {
    for (let offset = 0; offset <= offsetMax(huge); offset += 1_234_567) {
      expect(showsBlank(drawnRows(offset, huge), offset, huge)).toBe(false);
    }
  });
});

test('what rows are laid out from stays while the view moves by a few screens', () => {
  expect([0, 400, 999, 1000, 1500].map((first) => originOf({ first, last: first + 90 }))).toEqual([0, 0, 0, 1000, 1000]);
});

test('a row is revealed with the least movement', () => {
  expect(revealRow(5, 0, small)).toBe(0);
  expect(revealRow(20, 0, small)).toBe(32);
  expect(revealRow(3, 10 * 32, small)).toBe(96);
  expect(revealRow(999, 0, small)).toBe(offsetMax(small));
});
