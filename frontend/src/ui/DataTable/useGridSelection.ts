import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react';

import {
  areaOf,
  type Bounds,
  type Cell,
  clampSelection,
  HEADER_ROW,
  moveSelection,
  selectAll,
  selectCell,
  type Selection,
  selectRows,
} from './selection';

type GridActions = {
  /** Brings a cell into view. */
  reveal: (cell: Cell) => void;
  openRow: (row: number) => void;
  /** Does what the space bar does on a cell; false where its column has nothing of the kind. */
  press: (cell: Cell) => boolean;
  sortBy: (column: number) => void;
  resizeBy: (column: number, delta: number) => void;
  copy: (withHeaders: boolean) => void;
  /** Opens the menu of a cell, at the pointer or, without a place, at the cell. */
  openMenu: (cell: Cell, at: { left: number; top: number } | null) => void;
  /** What a key does to the tree at a cell: true when it opened or closed, the row it leads to, or null for nothing. */
  treeKey: (key: string, cell: Cell) => true | number | null;
  toggle: (row: number) => void;
};

const RESIZE_STEP = 16;

type Hit = { kind: 'cell'; cell: Cell } | { kind: 'row'; row: number } | { kind: 'header'; column: number };

/** The part of the grid an event happened on, read from the marks its elements carry. */
function hitOf(target: EventTarget): Hit | null {
  if (!(target instanceof Element) || target.closest('[data-grip]')) return null;
  const header = target.closest<HTMLElement>('[data-header]');
  if (header) return { kind: 'header', column: Number(header.dataset['header']) };
  const line = target.closest<HTMLElement>('[data-row]');
  if (!line) return null;
  const row = Number(line.dataset['row']);
  if (target.closest('[data-gutter]')) return { kind: 'row', row };
  const cell = target.closest<HTMLElement>('[data-column]');
  return cell ? { kind: 'cell', cell: { row, column: Number(cell.dataset['column']) } } : null;
}

function isToggle(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[data-toggle]') !== null;
}

/** Which cells are selected, and what keys and pointer do about it. */
export function useGridSelection(bounds: Bounds, actions: GridActions, initial: Selection | undefined) {
  const [held, setHeld] = useState<Selection>(() => initial ?? selectCell({ row: 0, column: 0 }));
  const selection = clampSelection(held, bounds);
  const { focus } = selection;

  const select = (next: Selection) => {
    setHeld(next);
    actions.reveal(next.focus);
  };

  const handleHeaderKey = (event: KeyboardEvent): boolean => {
    if (focus.row !== HEADER_ROW) return false;
    if (event.key === 'Enter' || event.key === ' ') actions.sortBy(focus.column);
    else if (event.altKey && event.key === 'ArrowLeft') actions.resizeBy(focus.column, -RESIZE_STEP);
    else if (event.altKey && event.key === 'ArrowRight') actions.resizeBy(focus.column, RESIZE_STEP);
    else return false;
    return true;
  };

  const handleKey = (event: KeyboardEvent): boolean => {
    const command = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (handleHeaderKey(event)) return true;
    if (event.altKey) return false;
    const led = command || event.shiftKey ? null : actions.treeKey(event.key, focus);
    if (led === true) return true;
    if (led !== null) select(selectCell({ row: led, column: focus.column }));
    else if (command && letter === 'a') setHeld(selectAll(bounds));
    else if (command && letter === 'c') actions.copy(event.shiftKey);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) actions.openMenu(focus, null);
    else if (event.key === 'Enter') actions.openRow(focus.row);
    else if (event.key === ' ' && !event.shiftKey && actions.press(focus)) return true;
    else if (event.key === ' ') select(selectRows(selection, focus.row, bounds.columns, event.shiftKey));
    else if (event.key === 'Escape' && selection.anchor !== selection.focus) setHeld(selectCell(focus));
    else {
      const next = moveSelection(selection, event, bounds);
      if (!next) return false;
      select(next);
    }
    return true;
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    if (bounds.rows === 0 || !handleKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const handlePointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const hit = hitOf(event.target);
    if (hit?.kind === 'cell') {
      setHeld(event.shiftKey ? { anchor: selection.anchor, focus: hit.cell } : selectCell(hit.cell));
    } else if (hit?.kind === 'row') {
      setHeld(selectRows(selection, hit.row, bounds.columns, event.shiftKey));
    }
  };

  const handlePointerMove = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    const hit = hitOf(event.target);
    if (hit?.kind !== 'cell' || (hit.cell.row === focus.row && hit.cell.column === focus.column)) return;
    setHeld({ anchor: selection.anchor, focus: hit.cell });
  };

  const handleClick = (event: { target: EventTarget }) => {
    const hit = hitOf(event.target);
    if (hit?.kind === 'header') actions.sortBy(hit.column);
    if (hit?.kind === 'cell' && isToggle(event.target)) actions.toggle(hit.cell.row);
  };

  const handleDoubleClick = (event: { target: EventTarget }) => {
    if (isToggle(event.target)) return;
    const hit = hitOf(event.target);
    if (hit?.kind === 'cell') actions.openRow(hit.cell.row);
    if (hit?.kind === 'row') actions.openRow(hit.row);
  };

  const handleContextMenu = (event: MouseEvent) => {
    const hit = hitOf(event.target);
    if (hit?.kind !== 'cell') return;
    event.preventDefault();
    const area = areaOf(selection);
    const { row, column } = hit.cell;
    const within = area !== null && row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;
    // The menu is about the cell under the pointer; what is selected around it stays selected.
    setHeld(within ? selection : selectCell(hit.cell));
    actions.openMenu(hit.cell, { left: event.clientX, top: event.clientY });
  };

  return {
    selection,
    area: areaOf(selection),
    handlers: {
      onKeyDown: handleKeyDown,
      onPointerDown: handlePointerDown,
      onPointerMove: handlePointerMove,
      onClick: handleClick,
      onDoubleClick: handleDoubleClick,
      onContextMenu: handleContextMenu,
    },
  };
}
