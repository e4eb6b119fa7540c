import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, useMemo, useState } from 'react';

import { type AccountNames, noAccountNames, describeNamedAccount } from '../../lib/accountNames';
import { type Cost, type GroupRow, groupRows } from '../../lib/billChange';
import { formatMoney, fullMoney } from '../../lib/money';
import { columnsOfKind } from '../../lib/table';
import type { IngestGroupChange, ShownTable, TableFormat } from '../../lib/wire';
import { AccountLabel } from '../AccountLabel';
import { Change } from '../Change';
import { DataTable } from '../DataTable/DataTable';
import { type Column, ROW_HEIGHT, type Sort } from '../DataTable/model';
import { useLocalRows } from '../DataTable/useLocalRows';
import { ExportMenu } from '../ExportMenu';

type GroupChangesProps = {
  title: string;
  /** What one row is called: "service". */
  noun: string;
  groups: IngestGroupChange[];
  /** What the groups are called where their own name is only a number. */
  nameOf?: AccountNames;
  cost: Cost;
  /** Begins the name of the saved file. */
  file: string;
  onExport: ExportTable;
};

/** Saves a table of what changed; the name has no ending yet. */
export type ExportTable = (name: string, table: ShownTable, format: TableFormat) => void;

/** Rows in view at once; all others scroll. */
const ROWS_IN_VIEW = 8;

const STATUS_HEIGHT = 29;

function columnsOf(noun: string, rows: GroupRow[], nameOf: AccountNames): Column<GroupRow>[] {
  const [first] = rows;
  const one = rows.every((row) => row.currency === first?.currency);
  const unit = one && first && first.currency !== '' ? `, ${first.currency}` : '';
  const money = (id: string, header: string, value: (row: GroupRow) => string | null): Column<GroupRow> => ({
    id,
    header: header + unit,
    kind: 'number',
    width: 116,
    value,
    display: (row) => formatMoney(value(row), row.currency),
    title: (row) => fullMoney(value(row), row.currency),
  });
  const empty = `No ${noun}`;
  return [
    {
      id: 'name',
      header: noun.charAt(0).toUpperCase() + noun.slice(1),
      kind: 'text',
      width: 176,
      value: (row) => (row.name === '' ? empty : row.name),
      title: (row) => (row.name === '' ? empty : describeNamedAccount(row.name, nameOf(row.name))),
      render: (row) => <AccountLabel account={row.name === '' ? empty : row.name} name={nameOf(row.name)} />,
    },
    ...(one ? [] : [{ id: 'currency', header: 'Currency', kind: 'text' as const, whole: true, value: (row: GroupRow) => row.currency || null }]),
    { ...money('before', 'Before', (row) => row.before), secondary: 1 },
    money('now', 'Now', (row) => row.now),
    { ...money('change', 'Change', (row) => row.delta?.amount ?? null), display: (row) => formatMoney(row.delta?.amount ?? null, row.currency, { signed: true }), render: (row) => <Change delta={row.delta} currency={row.currency} /> },
    { id: 'percent', header: '%', kind: 'number', secondary: 2, sortable: false, width: 84, value: (row) => row.delta?.percent ?? null, title: (row) => row.delta?.percent ?? 'There is no figure to compare with' },
  ];
}

/** The rows as they stand, for a file. */
function changesTable(title: string, noun: string, rows: GroupRow[]): ShownTable {
  return {
    title,
    columns: [...columnsOfKind('text', noun.charAt(0).toUpperCase() + noun.slice(1), 'Currency'), ...columnsOfKind('amount', 'Before', 'Now', 'Change')],
    currencyColumn: 1,
    rows: rows.map((row) => [row.name === '' ? `No ${noun}` : row.name, row.currency, row.before, row.now, row.delta?.amount ?? null]),
  };
}

/** What each service or sub-account cost before and now, those that changed most first. */
export function GroupChanges({ title, noun, groups, nameOf = noAccountNames, cost, file, onExport }: GroupChangesProps) {
  const [sort, setSort] = useState<Sort | null>(null);
  const titleId = useId();
  const rows = useMemo(() => groupRows(groups, cost), [groups, cost]);
  const columns = useMemo(() => columnsOf(noun, rows, nameOf), [noun, rows, nameOf]);
  const source = useLocalRows(rows, columns, sort);
  const height = ROW_HEIGHT * (Math.min(ROWS_IN_VIEW, Math.max(1, rows.length)) + 1) + STATUS_HEIGHT;
  const handleExport = (format: TableFormat) => {
    const ordered = Array.from({ length: source.total }, (_, index) => source.rowAt(index)).flatMap((row) => row ?? []);
    onExport(`${file}, ${title.toLowerCase()}`, changesTable(title, noun, ordered), format);
  };

  return (
    <Box component="section" aria-labelledby={titleId} sx={{ minWidth: 0, border: 1, borderColor: 'divider', borderRadius: '8px', overflow: 'hidden' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 1.5, minHeight: 36, borderBottom: 1, borderColor: 'divider' }}>
        <Typography component="h3" id={titleId} sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        <ExportMenu of={title} variant="text" onExport={handleExport} sx={{ ml: 'auto', fontSize: '0.75rem' }} />
      </Box>
      <Box sx={{ height, display: 'flex' }}>
        <DataTable label={title} columns={columns} source={source} sort={sort} onSort={setSort} noun={noun} hint="Ctrl C copies" />
      </Box>
    </Box>
  );
}
