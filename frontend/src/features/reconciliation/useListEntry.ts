import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';

import { useReadOnly, useWorkspacePath } from '../../bridge/queries';
import type { ReconcileInvoiceDocument } from '../../lib/wire';
import { type RowSource } from '../../ui/DataTable/model';
import { useToast } from '../../ui/toast';
import { draftsOf, keepDrafts } from './drafts';
import { pastedColumn, pasteOver, withTotal } from './entry';
import { type Entry } from './entryContext';
import { encodeKey, inputOf } from './model';

/** The keys that begin an amount. */
const beginsAmount = /^[\d(+\-−.,$€£]$/;

/** The row and the id of the column that an element of the table belongs to. */
function placeOf(element: Element | null): { row: number; column: string } | null {
  const line = element?.closest<HTMLElement>('[data-row]');
  const cell = element?.closest<HTMLElement>('[data-name]');
  return line && cell ? { row: Number(line.dataset['row']), column: cell.dataset['name'] ?? '' } : null;
}

function gridOf(section: HTMLElement | null): HTMLElement | null {
  return section?.querySelector<HTMLElement>('[role=grid]') ?? null;
}

/** The cell that the keyboard is on. */
function activePlace(grid: HTMLElement | null) {
  return placeOf(document.getElementById(grid?.getAttribute('aria-activedescendant') ?? ''));
}

/**
 * Lets a person type and paste amounts into a column of the list as into a spreadsheet: typing begins an amount, Enter goes down,
 * a pasted column fills the rows below. Nothing is saved here; it becomes drafts.
 */
export function useListEntry(source: RowSource<ReconcileInvoiceDocument>, column: string, refused: ReadonlyMap<string, string>) {
  const workspace = useWorkspacePath();
  const readOnly = useReadOnly();
  const toast = useToast();
  const section = useRef<HTMLElement>(null);
  const [edited, setEdited] = useState<{ invoice: ReconcileInvoiceDocument; text: string } | null>(null);
  // Giving the focus back to the table leaves the field once more: what was finished or cancelled is so already.
  const typing = useRef(false);

  const begin = (row: number, typed?: string) => {
    const invoice = source.rowAt(row);
    if (!invoice || readOnly) return;
    const draft = draftsOf(workspace)[encodeKey(invoice)];
    typing.current = true;
    setEdited({ invoice, text: typed ?? (draft ?? inputOf(invoice)).total });
  };
  const keep = (invoice: ReconcileInvoiceDocument, text: string) => {
    const name = encodeKey(invoice);
    keepDrafts(workspace, { [name]: withTotal(invoice, draftsOf(workspace)[name], text) });
  };
  const backToGrid = (step: -1 | 0 | 1) => {
    const grid = gridOf(section.current);
    grid?.focus({ preventScroll: true });
    // The table itself goes to the next row, so that it comes into view.
    if (step !== 0) grid?.dispatchEvent(new window.KeyboardEvent('keydown', { key: step > 0 ? 'ArrowDown' : 'ArrowUp', bubbles: true }));
  };

  const entry: Entry = {
    editing: edited ? encodeKey(edited.invoice) : '',
    text: edited?.text ?? '',
    refused,
    change: (text) => setEdited((before) => before && { ...before, text }),
    finish: (step) => {
      if (!edited || !typing.current) return;
      typing.current = false;
      keep(edited.invoice, edited.text);
      setEdited(null);
      backToGrid(step);
    },
    cancel: () => {
      typing.current = false;
      setEdited(null);
      backToGrid(0);
    },
  };

  const handleKeyDown = (event: KeyboardEvent) => {
    const grid = gridOf(section.current);
    if (event.target !== grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = activePlace(grid);
    if (place?.column !== column) return;
    const invoice = source.rowAt(place.row);
    if (beginsAmount.test(event.key)) begin(place.row, event.key);
    else if (event.key === 'F2' || event.key === 'Enter') begin(place.row);
    else if (event.key === 'Delete' && invoice && !readOnly) keepDrafts(workspace, { [encodeKey(invoice)]: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const handleClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.shiftKey || event.target.closest('input')) return;
    const place = placeOf(event.target);
    if (place?.column === column && source.rowAt(place.row)?.figure === null) begin(place.row);
  };

  const handleDoubleClick = (event: MouseEvent) => {
    const place = event.target instanceof Element ? placeOf(event.target) : null;
    if (place?.column !== column) return;
    event.stopPropagation();
    begin(place.row);
  };

  const paste = async (text: string) => {
    const grid = gridOf(section.current);
    const at = edited ? placeOf(document.activeElement) : activePlace(grid);
    const cells = pastedColumn(text);
    if (!at || readOnly) return;
    if (!cells) {
      toast({ text: 'Several columns were pasted. Copy the column of amounts alone.', tone: 'error' });
      return;
    }
    const rows = await source.read(at.row, source.total - 1);
    const changes = pasteOver(rows, draftsOf(workspace), cells);
    setEdited(null);
    keepDrafts(workspace, changes);
    backToGrid(0);
    const beyond = cells.length - rows.length;
    if (beyond > 0) toast({ text: `The list ends before the last ${beyond === 1 ? 'pasted amount' : `${beyond} pasted amounts`}.`, tone: 'error' });
  };
  const pasteNow = useRef(paste);
  useEffect(() => {
    pasteNow.current = paste;
  });
  useEffect(() => {
    // A table that is not a text field gets no paste event of its own.
    const handlePaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const focused = document.activeElement;
      if (text === '' || !section.current?.contains(focused) || (focused instanceof HTMLInputElement && !/[\r\n\t]/.test(text.trim()))) return;
      event.preventDefault();
      void pasteNow.current(text);
    };
    document.addEventListener('paste', handlePaste);
    return () => document.removeEventListener('paste', handlePaste);
  }, []);

  return { section, entry, handlers: { onKeyDownCapture: handleKeyDown, onClick: handleClick, onDoubleClickCapture: handleDoubleClick } };
}
