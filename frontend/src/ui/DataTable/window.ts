/**
 * Browsers cap the height of an element (about 33 million px in Chromium, 17 million in WebKit). A table taller than
 * this many px keeps a scroll bar of this length and maps its position to the true ("virtual") offset.
 */
export const SCROLL_HEIGHT_MAX = 8_000_000;

/** The measures that decide which rows are in view. */
export type Geometry = { rows: number; rowHeight: number; viewport: number };

/** Rows from `first` to `last`, both inclusive; empty when last < first. */
export type RowRange = { first: number; last: number };

function contentHeight({ rows, rowHeight }: Geometry): number {
  return rows * rowHeight;
}

/** Height of the element that gives the scroll bar its length. */
export function scrollHeight(geometry: Geometry): number {
  return Math.min(contentHeight(geometry), SCROLL_HEIGHT_MAX);
}

/** True when one px of the scroll bar stands for more than one px of rows. */
export function isScaled(geometry: Geometry): boolean {
  return contentHeight(geometry) > SCROLL_HEIGHT_MAX;
}

/** The largest virtual offset: the last row stands at the bottom of the view. */
export function offsetMax(geometry: Geometry): number {
  return Math.max(0, contentHeight(geometry) - geometry.viewport);
}

function scrollMax(geometry: Geometry): number {
  return Math.max(0, scrollHeight(geometry) - geometry.viewport);
}

/** Keeps a virtual offset inside the table. */
export function clampOffset(offset: number, geometry: Geometry): number {
  return Math.min(Math.max(0, offset), offsetMax(geometry));
}

/** Scroll bar position → virtual offset. */
export function toOffset(scrollTop: number, geometry: Geometry): number {
  if (!isScaled(geometry)) return clampOffset(scrollTop, geometry);
  return clampOffset((scrollTop * offsetMax(geometry)) / scrollMax(geometry), geometry);
}

/** Virtual offset → scroll bar position. */
export function toScrollTop(offset: number, geometry: Geometry): number {
  if (!isScaled(geometry)) return offset;
  return (offset * scrollMax(geometry)) / offsetMax(geometry);
}

/** The rows of which at least one px is in view. */
export function visibleRows(offset: number, geometry: Geometry): RowRange {
  const first = Math.floor(offset / geometry.rowHeight);
  const last = Math.ceil((offset + geometry.viewport) / geometry.rowHeight) - 1;
  return { first: Math.max(0, first), last: Math.min(geometry.rows - 1, last) };
}

function screenRows({ viewport, rowHeight }: Geometry): number {
  return Math.max(1, Math.ceil(viewport / rowHeight));
}

/** The rows to draw: those in view and two screens on either side. */
export function drawnRows(offset: number, geometry: Geometry): RowRange {
  const visible = visibleRows(offset, geometry);
  const overscan = 2 * screenRows(geometry);
  return {
    first: Math.max(0, visible.first - overscan),
    last: Math.min(geometry.rows - 1, visible.last + overscan),
  };
}

/** Rows after which the place that rows are laid out from moves on: short enough for exact pixels. */
const ORIGIN_ROWS = 1000;

/**
 * The row that the drawn rows are laid out from. It stays the same while the view moves by less than many screens, so
 * that a row which stays in view keeps its place and is not drawn again.
 */
export function originOf(drawn: RowRange): number {
  return Math.floor(drawn.first / ORIGIN_ROWS) * ORIGIN_ROWS;
}

/** True when the view has come within one screen of the edge of what is drawn, so new rows should be drawn. */
export function needsDrawing(drawn: RowRange, offset: number, geometry: Geometry): boolean {
  const visible = visibleRows(offset, geometry);
  const margin = screenRows(geometry);
  const before = drawn.first > 0 && visible.first - margin < drawn.first;
  const after = drawn.last < geometry.rows - 1 && visible.last + margin > drawn.last;
  return before || after || drawn.last >= geometry.rows;
}

/** True when a row in view is not drawn: it must be drawn before the next frame. */
export function showsBlank(drawn: RowRange, offset: number, geometry: Geometry): boolean {
  const visible = visibleRows(offset, geometry);
  return visible.first < drawn.first || visible.last > drawn.last;
}

/** The offset that brings a row wholly into view with the least movement. */
export function revealRow(row: number, offset: number, geometry: Geometry): number {
  const top = row * geometry.rowHeight;
  const bottom = top + geometry.rowHeight;
  if (top < offset) return clampOffset(top, geometry);
  if (bottom > offset + geometry.viewport) return clampOffset(bottom - geometry.viewport, geometry);
  return offset;
}
