import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type MouseEvent, useMemo } from 'react';

import type { BudgetStanding } from '../../../lib/wire';
import { describeState, states } from '../../../parts/budgets/states';
import { useValueNames } from '../../../parts/accountNames';
import { useExportTable } from '../../../parts/useExportTable';
import { useTableMemory } from '../../../parts/useTableMemory';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PartFilter } from '../../../ui/PartFilter';
import { budgetColumns } from '../columns';
import { budgetsTable, matchesFilter } from '../model';
import type { useBudgetsState } from '../useBudgetsState';

/** The table of budgets with its filters; a row leads to its budget. */
export function BudgetTable({ standings, state }: { standings: BudgetStanding[]; state: ReturnType<typeof useBudgetsState> }) {
  const exportTable = useExportTable();
  const memory = useTableMemory('budgets');
  const { state: wanted, currency } = state.filter;
  const matching = useMemo(() => standings.filter((one) => matchesFilter(one, { state: wanted, currency })), [standings, wanted, currency]);
  const nameOf = useValueNames();
  const columns = useMemo(() => budgetColumns(nameOf), [nameOf]);
  const source = useLocalRows(matching, columns, state.sort);
  const present = states.filter((one) => standings.some((standing) => standing.state === one));
  const currencies = [...new Set(standings.map((one) => one.budget.currency))].sort();
  const open = (one: BudgetStanding | undefined) => {
    if (one) state.open(one.budget.name);
  };
  // A row leads to its budget, so that one click is enough.
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[data-row]');
    if (row) open(source.rowAt(Number(row.dataset['row'])));
  };
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <PartFilter label="State" all="All states" value={wanted} values={present} labelOf={(value) => describeState(states.find((one) => one === value) ?? 'no-data').text} onChange={state.setState} />
        {currencies.length > 1 && <PartFilter label="Currency" all="All currencies" value={currency} values={currencies} labelOf={(value) => value} onChange={state.setCurrency} />}
        {matching.length < standings.length && (
          <Button variant="text" onClick={state.clearFilters}>
            Show all
          </Button>
        )}
        <ExportMenu
          label="Export budgets"
          pending={exportTable.isPending}
          disabled={matching.length === 0}
          sx={{ ml: 'auto' }}
          onExport={(format) => exportTable.mutate({ name: 'budgets', table: async () => budgetsTable(await source.read(0, source.total - 1)), format })}
        />
      </Box>
      <Box
        component="section"
        aria-label="Budgets"
        onClick={handleClick}
        sx={{ height: `min(max(320px, 60vh), ${Math.max(220, 32 * matching.length + 84)}px)`, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {matching.length === 0 ? (
          <EmptyState title="No matching budgets" text="Choose another state or currency." />
        ) : (
          <DataTable label="Budgets" columns={columns} source={source} sort={state.sort} onSort={state.setSort} onOpenRow={open} memory={memory} resetKey={JSON.stringify([wanted, currency])} noun="budget" hint="Enter opens the budget · Ctrl C copies" />
        )}
      </Box>
    </>
  );
}
