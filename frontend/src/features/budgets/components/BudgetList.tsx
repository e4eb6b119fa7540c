import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';

import { useReadOnly, useStandings } from '../../../bridge/queries';
import { formatRange } from '../../../lib/days';
import { describeStates } from '../../../parts/budgets/states';
import { TableSkeleton } from '../../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../../ui/EmptyState';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import type { useBudgetsState } from '../useBudgetsState';
import { BrokenBudgets } from './BrokenBudgets';
import { BudgetTable } from './BudgetTable';
import { ImportBudgets } from './ImportBudgets';
import { ProviderBudgets } from './ProviderBudgets';

/** All budgets, each in the period that matters now. */
export function BudgetList({ state }: { state: ReturnType<typeof useBudgetsState> }) {
  const standings = useStandings();
  const readOnly = useReadOnly();
  const [importing, setImporting] = useState(false);
  const list = standings.data?.standings ?? [];
  const days = list.map((one) => one.asOf).sort();
  const [oldest, newest] = [days[0], days.at(-1)];
  const add = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={readOnly} onClick={state.edit}>
      New budget
    </Button>
  );
  const bring = (
    <Button variant="outlined" disabled={readOnly} onClick={() => setImporting(true)}>
      Import
    </Button>
  );
  return (
    <PageBody>
      <PageHeader title="Budgets" sub={oldest === undefined || newest === undefined ? 'Planned, actual and forecast cost by period' : `${describeStates(list)}, data to ${formatRange(oldest, newest)}`}>
        <Box sx={{ display: 'flex', gap: 1 }}>
          {bring}
          {add}
        </Box>
      </PageHeader>
      <QueryView
        query={standings}
        what="the budgets"
        errorTitle="The budgets could not be calculated"
        skeleton={<TableSkeleton />}
        isEmpty={(info) => info.standings.length === 0 && info.broken.length === 0 && info.providers.length === 0}
        empty={
          <EmptyState
            title="No budgets yet"
            text="A budget says what all charges, a scope or a filter may cost in each month, quarter or year. You see how far it has come, what is expected to date, and what the period will come to."
            action={
              <Box sx={{ display: 'flex', gap: 1 }}>
                {add}
                {bring}
              </Box>
            }
          />
        }
      >
        {(info) => (
          <>
            <BrokenBudgets info={info} state={state} />
            {info.standings.length > 0 && <BudgetTable standings={info.standings} state={state} />}
            <ProviderBudgets budgets={info.providers} state={state} />
          </>
        )}
      </QueryView>
      {importing && <ImportBudgets onClose={() => setImporting(false)} />}
    </PageBody>
  );
}
