import { useState } from 'react';

import { formatCount, formatCounted } from '../../lib/money';
import { writeClipboard } from './clipboard';
import { type Column, type RowSource } from './model';
import { type Area } from './selection';
import { toTsv } from './separated';

/** A clipboard of a million lines helps nobody and freezes the program it is pasted into. */
export const COPY_ROWS_MAX = 50_000;

function describeCopied(area: Area): string {
  const rows = area.bottom - area.top + 1;
  const columns = area.right - area.left + 1;
  if (rows === 1 && columns === 1) return 'Copied the cell.';
  return `Copied ${formatCounted(rows, 'row')} × ${formatCounted(columns, 'column')}.`;
}

/** Copies the selected cells, exact and unformatted, and says what happened. */
export function useCopy<Row>(columns: Column<Row>[], source: RowSource<Row>) {
  const [notice, setNotice] = useState('');

  const copy = async (area: Area | null) => {
    if (!area) return;
    if (area.bottom - area.top >= COPY_ROWS_MAX) {
      setNotice(`The clipboard takes up to ${formatCount(COPY_ROWS_MAX)} rows. Export the table to have all of them.`);
      return;
    }
    try {
      const rows = await source.read(area.top, area.bottom);
      const chosen = columns.slice(area.left, area.right + 1);
      const copied = await writeClipboard(toTsv(rows.map((row) => chosen.map((column) => column.value(row)))));
      setNotice(copied ? describeCopied(area) : 'The system refused the clipboard. Press Ctrl C again.');
    } catch {
      setNotice('Some of the selected rows could not be read, so nothing was copied. Try again.');
    }
  };

  return { notice, copy };
}
