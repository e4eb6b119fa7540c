import { type ReactNode } from 'react';

import { type TreePlace } from './tree';

/** The content of a cell before it is drawn: the exact text that is copied, exported, sorted by; null = no value. */
export type CellValue = string | null;

/** One column of a table; the same description feeds the screen and the clipboard. */
export type Column<Row> = {
  id: string;
  header: string;
  /** A sentence shown when the pointer rests on the header. */
  description?: string;
  /** Numbers are right-aligned with tabular figures and sorted by size. */
  kind: 'text' | 'number';
  value: (row: Row) => CellValue;
  /** The currency of a number; numbers of one unit are added for the selection. Without it they have none. */
  unit?: (row: Row) => string;
  /** What the cell shows; the plain value without it. */
  display?: (row: Row) => string;
  /** The tooltip; the exact value without it. */
  title?: (row: Row) => string;
  /** A richer drawing than text; the text of `display` is still the cell's name for copying and hovering. */
  render?: (row: Row) => ReactNode;
  /** What the space bar does on a cell, such as ticking the box in it: a control in a cell is no stop of the Tab key. Without it, it selects the row. */
  press?: (row: Row) => void;
  /** Drawn also where there is no value: a person can enter one. */
  editable?: boolean;
  /** Comfortable to read, in px: names are cut below it only where there is no more room. */
  width?: number;
  /** A name is not cut below so many px, where there is room for what is never cut. */
  least?: number;
  /** Never cut, as numbers are without saying so: months, days, currencies, states. */
  whole?: boolean;
  sortable?: boolean;
  /** Left out where the table would else scroll sideways, the highest number first. What it says is also where its row leads. */
  secondary?: number;
};

/** What the numbers of one column come to, those of one currency; `unit` is "" where they have none. */
export type ColumnFact = { column: string; unit: string; count: number; sum: string };

/** The order of the rows. */
export type Sort = { column: string; desc: boolean };

/** Rows of a table, wherever they live. */
export type RowSource<Row> = {
  total: number;
  /** The row, or undefined while its page has never been fetched. */
  rowAt: (index: number) => Row | undefined;
  /** Called when the rows in and around the view change (`last` inclusive). */
  onRange?: (first: number, last: number) => void;
  /** All rows of a range, fetched when they are not at hand (`last` inclusive). */
  read: (first: number, last: number) => Promise<Row[]>;
  /** Counts and adds the numbers in some columns of a range, where whoever has the rows can do so without handing them over. */
  facts?: (first: number, last: number, columns: string[]) => Promise<ColumnFact[]>;
  /** Rows of an earlier question are shown while the new ones load. */
  stale?: boolean;
  /** Where rows open and close: what is above and below each. */
  tree?: { placeAt: (index: number) => TreePlace | undefined; toggle: (index: number) => void };
};

/** A column with its place on the horizontal axis. */
export type PlacedColumn<Row> = { column: Column<Row>; index: number; start: number; size: number };

/** Height of a row, the header and the totals row in px. */
export const ROW_HEIGHT = 32;

/** Width of the first, fixed column that holds the row number, of so many rows. */
export function gutterWidth(rows: number): number {
  return rows < 100 ? 36 : rows < 1000 ? 44 : rows < 100_000 ? 54 : 64;
}

/** Widths a column may be dragged to. */
export const WIDTH_MIN = 56;
export const WIDTH_MAX = 900;

/** The width of a column that names none. */
export function columnWidth<Row>(column: Column<Row>): number {
  return column.width ?? (column.kind === 'number' ? 128 : 180);
}
