import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type MouseEvent, useCallback, useMemo, useState } from 'react';

import { formatCounted } from '../../../lib/money';
import type { BudgetStanding } from '../../../lib/wire';
import { describeState, states } from '../../../parts/budgets/states';
import { useValueNames } from '../../../parts/accountNames';
import { useExportTable } from '../../../parts/useExportTable';
import { useTableMemory } from '../../../parts/useTableMemory';
import { DataTable } from '../../../ui/DataTable/DataTable';
import { sortRows } from '../../../ui/DataTable/order';
import { useTreeRows } from '../../../ui/DataTable/useTreeRows';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PartFilter } from '../../../ui/PartFilter';
import { budgetColumns } from '../columns';
import { type BudgetRow, budgetsTable, budgetTree, matchesFilter } from '../model';
import type { useBudgetsState } from '../useBudgetsState';

/** The table of budgets with its filters; a row leads to its budget. */
export function BudgetTable({ standings, state }: { standings: BudgetStanding[]; state: ReturnType<typeof useBudgetsState> }) {
  const exportTable = useExportTable();
  const memory = useTableMemory('budgets');
  const { state: wanted, currency } = state.filter;
  const matching = useMemo(() => standings.filter((one) => matchesFilter(one, { state: wanted, currency })), [standings, wanted, currency]);
  const nameOf = useValueNames();
  const columns = useMemo(() => budgetColumns(nameOf), [nameOf]);
  const tree = useMemo(() => budgetTree(matching), [matching]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const expanded = useMemo(() => new Set(tree.wholes.filter((name) => !closed.has(name))), [tree, closed]);
  const handleExpanded = useCallback((next: ReadonlySet<string>) => setClosed(new Set(tree.wholes.filter((name) => !next.has(name)))), [tree]);
  const source = useTreeRows({ ...tree, expanded, onExpanded: handleExpanded }, columns, state.sort);
  const present = states.filter((one) => standings.some((standing) => standing.state === one));
  const currencies = [...new Set(standings.map((one) => one.budget.currency))].sort();
  const open = (row: BudgetRow | undefined) => {
    if (row) state.open(row.standing.budget.name);
  };
  // A row leads to its budget, so that one click is enough.
  const handleClick = (event: MouseEvent) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element) || event.target.closest('[data-toggle]')) return;
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
          onExport={(format) => exportTable.mutate({ name: 'budgets', table: budgetsTable(sortRows(tree.rows, columns, state.sort).map(({ standing }) => standing)), format })}
        />
      </Box>
      <Box
        component="section"
        aria-label="Budgets"
        onClick={handleClick}
        sx={{ height: `min(max(320px, 60vh), ${Math.max(220, 32 * source.total + 84)}px)`, display: 'flex', flexDirection: 'column', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', '& .body [role=row] .cell': { cursor: 'pointer' } }}
      >
        {matching.length === 0 ? (
          <EmptyState title="No matching budgets" text="Choose another state or currency." />
        ) : (
          <DataTable label="Budgets" columns={columns} source={source} sort={state.sort} onSort={state.setSort} onOpenRow={open} memory={memory} resetKey={JSON.stringify([wanted, currency])} noun="budget" count={formatCounted(matching.length, 'budget')} hint={tree.wholes.length > 0 ? 'Enter opens the budget · ← → hide and show parts · Ctrl C copies' : 'Enter opens the budget · Ctrl C copies'} />
        )}
      </Box>
    </>
  );
}
