import { type Column, type Sort } from './model';
import { sortRows } from './order';

/** The rows of a tree and which of them are open. */
export type TreeInput<Row> = {
  roots: Row[];
  /** Identifies a row of the tree. */
  keyOf: (row: Row) => string;
  /** What is below a row: null below a leaf, undefined while it has not been fetched. */
  childrenOf: (row: Row) => Row[] | null | undefined;
  /** What the rows below a row come to, shown after them in every order; null where that is not known. */
  sumOf?: (row: Row) => Row | null;
  expanded: ReadonlySet<string>;
};

/** Where a line of a table stands in its tree. */
export type TreePlace = {
  key: string;
  /** From 1, as a screen reader counts. */
  level: number;
  /** Its place among its siblings, from 1, and how many they are. */
  position: number;
  siblings: number;
  /** null for a leaf. */
  expanded: boolean | null;
  /** The line of its parent; −1 for a root. */
  parent: number;
};

/** A line of the table: a row, or none while the rows below its parent are being fetched. */
export type TreeLine<Row> = TreePlace & { row: Row | undefined };

/** The lines in view order: each row, and below an open one what it consists of. Siblings are sorted among themselves. */
export function treeLines<Row>(input: TreeInput<Row>, columns: Column<Row>[], sort: Sort | null): TreeLine<Row>[] {
  const lines: TreeLine<Row>[] = [];
  const walk = (rows: Row[], sum: Row | null, level: number, parent: number) => {
    const siblings = rows.length + (sum === null ? 0 : 1);
    sortRows(rows, columns, sort).forEach((row, at) => {
      const key = input.keyOf(row);
      const children = input.childrenOf(row);
      const expanded = children === null ? null : input.expanded.has(key);
      const index = lines.length;
      lines.push({ row, key, level, position: at + 1, siblings, expanded, parent });
      if (!expanded) return;
      if (children) walk(children, input.sumOf?.(row) ?? null, level + 1, index);
      else lines.push({ row: undefined, key: `${key} …`, level: level + 1, position: 1, siblings: 1, expanded: null, parent: index });
    });
    if (sum !== null) lines.push({ row: sum, key: input.keyOf(sum), level, position: siblings, siblings, expanded: null, parent });
  };
  walk(input.roots, null, 1, -1);
  return lines;
}

/** What an arrow to the side does on the first cell of a line: opens or closes it, or leads to another line. */
export function treeStep(key: string, place: TreePlace, line: number): { toggle: boolean } | { line: number } | null {
  if (key === 'ArrowRight') {
    if (place.expanded === false) return { toggle: true };
    return null;
  }
  if (key !== 'ArrowLeft') return null;
  if (place.expanded) return { toggle: true };
  return place.parent >= 0 ? { line: place.parent } : { line };
}
