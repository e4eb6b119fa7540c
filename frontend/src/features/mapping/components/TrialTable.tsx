import Box from '@mui/material/Box';
import { useMemo, useState } from 'react';

import type { MappingTrial } from '../../../lib/wire';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { type Column, ROW_HEIGHT, type Sort } from '../../../ui/DataTable/model';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';

type TrialRow = (string | null)[];

const ROWS_IN_VIEW = 8;

const STATUS_HEIGHT = 29;

const numeric = /Cost$|Quantity$|UnitPrice$/;

/** The first lines as charges. */
export function TrialTable({ trial }: { trial: MappingTrial }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const columns = useMemo(
    () =>
      trial.columns.map((column, index): Column<TrialRow> => ({
        id: `${index} ${column.name}`,
        header: column.name,
        description: column.raw === column.name ? column.name : `${column.name}, from ${column.raw}`,
        kind: column.focus && numeric.test(column.name) ? 'number' : 'text',
        width: column.focus && numeric.test(column.name) ? 130 : 170,
        value: (row) => row[index] ?? null,
      })),
    [trial.columns],
  );
  const source = useLocalRows(trial.rows, columns, sort);
  const height = ROW_HEIGHT * (Math.min(ROWS_IN_VIEW, trial.rows.length) + 1) + STATUS_HEIGHT;
  return (
    <Box sx={{ height, display: 'flex', borderTop: 1, borderColor: 'divider', mx: -2.25, mb: -1.5 }}>
      <DataTable label="First lines as charges" columns={columns} source={source} sort={sort} onSort={setSort} noun="sample line" hint="Ctrl C copies" />
    </Box>
  );
}
