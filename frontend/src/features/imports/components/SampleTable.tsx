import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo, useState } from 'react';

import { fileName } from '../../../lib/fileName';
import type { PlannedFile } from '../../../lib/wire';
import { sampleHeader, sampleOrder } from '../preview';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { type Column, ROW_HEIGHT, type Sort } from '../../../ui/DataTable/model';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';

type SampleRow = (string | null)[];

/** Rows of the sample in view at once. */
const ROWS_IN_VIEW = 8;

const STATUS_HEIGHT = 29;

/** A scroll bar takes this much of the rows; most files are wider than the window. */
const SCROLL_BAR = 16;

function isNumeric(rows: SampleRow[], index: number): boolean {
  const values = rows.flatMap((row) => row[index] ?? []);
  return values.length > 0 && values.every((value) => /^[+-]?\d*\.?\d+([eE][+-]?\d+)?$/.test(value));
}

/** Wide enough for the longest value, within reason: a figure takes about eight pixels. */
function widthOf(values: string[]): number {
  const longest = Math.max(...values.map((value) => value.length));
  return Math.min(320, Math.max(84, Math.ceil(longest * 7.9) + 24));
}

/** The first lines of a file, just as they are in it. */
export function SampleTable({ file }: { file: PlannedFile }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const { columns: fileColumns, firstRows } = file;
  const narrow = useMediaQuery(useTheme().breakpoints.down('md'));
  const columns = useMemo(
    () =>
      sampleOrder(fileColumns, narrow).flatMap((index): Column<SampleRow>[] => {
        const column = fileColumns[index];
        if (!column) return [];
        const header = sampleHeader(column);
        // Account ids are digits too, yet they are names.
        const numeric = /Cost|Price|Quantity|Amount/i.test(column.name) && isNumeric(firstRows, index);
        return [
          {
            id: `${index} ${column.raw}`,
            header,
            description: column.focus && header !== column.name ? `${header}, becomes ${column.name}` : header,
            kind: numeric ? 'number' : 'text',
            width: widthOf([header, ...firstRows.map((row) => row[index] ?? '')]),
            value: (row) => row[index] ?? null,
          },
        ];
      }),
    [fileColumns, firstRows, narrow],
  );
  const source = useLocalRows(firstRows, columns, sort);
  const height = ROW_HEIGHT * (Math.min(ROWS_IN_VIEW, Math.max(1, firstRows.length)) + 1) + STATUS_HEIGHT + SCROLL_BAR;
  return (
    <Box sx={{ height, display: 'flex', borderTop: 1, borderColor: 'divider' }}>
      <DataTable label={`First lines of ${fileName(file.path)}`} columns={columns} source={source} sort={sort} onSort={setSort} noun="sample line" hint="Ctrl C copies" />
    </Box>
  );
}
