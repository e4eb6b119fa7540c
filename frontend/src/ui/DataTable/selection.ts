/** A cell by its place; row −1 is the header. */
export type Cell = { row: number; column: number };

/** A rectangle of cells: the one it was begun at and the one the keyboard stands on. */
export type Selection = { anchor: Cell; focus: Cell };

/** Row of the header cells. */
export const HEADER_ROW = -1;

/** How far the keyboard may go. */
export type Bounds = { rows: number; columns: number; pageRows: number };

/** The rectangle with its corners in order, both ends inclusive; null when it is on the header. */
export type Area = { top: number; bottom: number; left: number; right: number };

/** The cells a selection covers, or null while the header has the focus. */
export function areaOf({ anchor, focus }: Selection): Area | null {
  if (focus.row === HEADER_ROW || anchor.row === HEADER_ROW) return null;
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  };
}

/** A selection of one cell. */
export function selectCell(cell: Cell): Selection {
  return { anchor: cell, focus: cell };
}

/** Every cell of the table. */
export function selectAll({ rows, columns }: Bounds): Selection {
  return { anchor: { row: rows - 1, column: columns - 1 }, focus: { row: 0, column: 0 } };
}

/** Whole rows, from the row the selection was begun at when it is extended. */
export function selectRows(selection: Selection, row: number, columns: number, extend: boolean): Selection {
  const from = extend && selection.anchor.row !== HEADER_ROW ? selection.anchor.row : row;
  return { anchor: { row: from, column: columns - 1 }, focus: { row, column: 0 } };
}

/** A key with its modifiers, as far as the table cares. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean };

function target(press: KeyPress, { row, column }: Cell, { rows, columns, pageRows }: Bounds): Cell | null {
  const far = press.ctrlKey || press.metaKey;
  const lastRow = rows - 1;
  const lastColumn = columns - 1;
  switch (press.key) {
    case 'ArrowUp':
      return { row: far ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: far ? lastRow : row + 1, column };
    case 'ArrowLeft':
      return { row, column: far ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: far ? lastColumn : column + 1 };
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return { row: far ? lastRow : row, column: lastColumn };
    case 'PageUp':
      return { row: Math.max(Math.min(row, 0), row - pageRows), column };
    case 'PageDown':
      return { row: row + pageRows, column };
    default:
      return null;
  }
}

/** The selection after a key, or null when the key does not move it. */
export function moveSelection(selection: Selection, press: KeyPress, bounds: Bounds): Selection | null {
  const wanted = target(press, selection.focus, bounds);
  if (!wanted) return null;
  const extend = press.shiftKey && selection.focus.row !== HEADER_ROW;
  const focus = {
    row: Math.max(extend ? 0 : HEADER_ROW, Math.min(wanted.row, bounds.rows - 1)),
    column: Math.max(0, Math.min(wanted.column, bounds.columns - 1)),
  };
  return extend ? { anchor: selection.anchor, focus } : selectCell(focus);
}

/** Keeps a selection inside a table that has become smaller. */
export function clampSelection(selection: Selection, { rows, columns }: Bounds): Selection {
  const clamp = ({ row, column }: Cell): Cell => ({
    row: Math.max(HEADER_ROW, Math.min(row, rows - 1)),
    column: Math.max(0, Math.min(column, columns - 1)),
  });
  return { anchor: clamp(selection.anchor), focus: clamp(selection.focus) };
}
