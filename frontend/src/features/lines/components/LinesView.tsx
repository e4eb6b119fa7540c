import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';

import { useValueNames } from '../../../parts/accountNames';
import { FilterBar } from '../../../parts/filter/FilterBar';
import { usePageMemory } from '../../../parts/usePageMemory';
import { useTableMemory } from '../../../parts/useTableMemory';
import { useWasteOf } from '../../../parts/waste';
import { isEverything, narrowed as narrowedBy } from '../../../lib/filter';
import { ColumnChooser } from '../../../ui/DataTable/ColumnChooser';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { TableSkeleton } from '../../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { ExportMenu } from '../../../ui/ExportMenu';
import { Loading } from '../../../ui/Loading';
import { createHistoryMemory } from '../../../ui/view/historyMemory';
import { useLedgerView } from '../../../ui/view/ledgerView';
import type { Condition } from '../../../lib/wire';
import { choosableColumns, lineColumns } from '../columns';
import { filterActions } from '../filterActions';
import { askedColumns, type LedgerColumn } from '../model';
import { type LinesScope, useExportLines, useLineFacts, useLines } from '../queries';
import { totalsByColumn } from '../totals';
import { useLinesState } from '../useLinesState';
import { LineDrawer } from './LineDrawer';
import { LinesSummary } from './LinesSummary';
import { SearchBox } from './SearchBox';

/** The line that was open in each entry of the history. */
const memory = createHistoryMemory<{ opened: number | null }>();

type LinesViewProps = { columns: LedgerColumn[] };

/** Search, filters, totals and the table of lines. */
export function LinesView({ columns }: LinesViewProps) {
  const view = useLedgerView();
  const { currency } = view;
  const state = useLinesState(columns, view.metric);
  const left = usePageMemory(memory);
  const table = useTableMemory('lines');
  const [opened, setOpened] = useState(() => left.recall()?.opened ?? null);
  const open = (index: number | null) => {
    left.keep({ opened: index });
    setOpened(index);
  };
  const exportLines = useExportLines();

  const scope: LinesScope = {
    where: view.where,
    from: view.from,
    to: view.to,
    currency,
    columns: state.chosen,
    sortBy: state.sort?.column ?? '',
    sortDesc: state.sort?.desc ?? false,
    search: state.search,
  };
  const lines = useLines({ ...scope, columns: askedColumns(state.chosen, columns) });
  const facts = useLineFacts(scope);
  const nameOf = useValueNames();
  const wasteOf = useWasteOf();
  const usual = state.usual ? view.metric : undefined;
  const shown = useMemo(() => lineColumns(columns, state.chosen, { currency, nameOf, usual, wasteOf }), [columns, state.chosen, usual, currency, nameOf, wasteOf]);
  const choosable = useMemo(() => choosableColumns(columns), [columns]);

  // Of values to be left out there may be several, which all hold.
  const narrow = (condition: Condition) => (condition.op === 'in' ? view.addFilter(condition) : view.setFilter(narrowedBy(view.filter, condition)));
  // Where not even the first page came there is no table.
  const failed = lines.error !== null && lines.firstPage === undefined;
  const narrowed = state.search !== '' || !isEverything(view.filter);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <SearchBox value={state.search} onChange={state.setSearch} />
        <FilterBar />
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
          <ColumnChooser columns={choosable} chosen={state.chosen} onChange={state.setChosen} onReset={state.resetChosen} />
          <ExportMenu pending={exportLines.isPending} disabled={lines.source.total === 0} onExport={(format) => exportLines.mutate({ scope, format })} />
        </Box>
      </Box>
      {lines.error !== null && <ErrorPanel title={failed ? 'The charge lines could not be read' : 'Some lines could not be read'} error={lines.error} onRetry={lines.retry} />}
      <Box
        component="section"
        aria-label="Charge lines"
        sx={{ flex: 1, minHeight: 0, display: failed ? 'none' : 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden' }}
      >
        <Box sx={{ px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider', minHeight: 44 }}>
          {lines.firstPage && <LinesSummary total={lines.firstPage.total} totals={lines.firstPage.totals} currency={currency} inTable={state.chosen} />}
        </Box>
        {lines.firstPage?.total === 0 ? (
          <EmptyState
            title={narrowed ? 'No line matches' : 'No charges in this period'}
            text={narrowed ? 'Try another search or take filters off.' : 'Choose another period or currency at the top.'}
            action={
              narrowed && (
                <Button variant="outlined" onClick={state.showAll}>
                  Show all lines
                </Button>
              )
            }
          />
        ) : lines.firstPage === undefined ? (
          lines.error === null && (
            <Loading what="the charge lines">
              <TableSkeleton rows={40} />
            </Loading>
          )
        ) : (
          <DataTable
            label="Charge lines"
            columns={shown}
            source={{ ...lines.source, facts }}
            sort={state.sort}
            onSort={state.setSort}
            totals={totalsByColumn(lines.firstPage.totals, currency, state.chosen)}
            count=""
            actionsOf={(row, column) => filterActions(row, column, columns, nameOf, narrow)}
            openLabel="Open the line"
            onOpenRow={(_row, index) => open(index)}
            memory={table}
            resetKey={JSON.stringify([scope.where, scope.from, scope.to, currency, scope.sortBy, scope.sortDesc, scope.search])}
            noun="line"
            hint="Enter opens the line · Shift F10 or right-click for more"
          />
        )}
      </Box>
      <LineDrawer scope={scope} columns={columns} nameOf={nameOf} wasteOf={wasteOf} index={opened} total={lines.source.total} onMove={open} onClose={() => open(null)} />
    </>
  );
}
