import Box from '@mui/material/Box';

import { FilterBar } from '../../parts/filter/FilterBar';
import { useLedgerState } from '../../bridge/queries';
import { NoCharges } from '../../parts/NoCharges';
import { isEverything } from '../../lib/filter';
import { metricLabels } from '../../lib/metric';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { useLedgerView } from '../../ui/view/ledgerView';
import { BreakdownCard } from './components/BreakdownCard';
import { BudgetsCard } from './components/BudgetsCard';
import { CourseCard } from './components/CourseCard';
import { Freshness } from './components/Freshness';
import { KpiStrip } from './components/KpiStrip';
import { MoversCard } from './components/MoversCard';
import { WasteNote } from './components/WasteNote';

/** What the bill says at first sight. */
export function OverviewPage() {
  const view = useLedgerView();
  const state = useLedgerState();

  const empty = (
    <PageBody>
      <PageHeader title="Overview" />
      <NoCharges />
    </PageBody>
  );

  return (
    <QueryView query={state} what="the workspace" skeleton={null} isEmpty={(ledger) => ledger.lines === 0} empty={empty}>
      {(ledger) => (
        <Box sx={{ containerType: 'inline-size' }}>
          <PageBody>
            <PageHeader title="Overview" sub={`${metricLabels[view.metric]} cost, ${isEverything(view.filter) ? view.scope || 'all charges' : [view.scope, 'filtered'].filter(Boolean).join(', ')}`}>
              <Freshness state={ledger} />
            </PageHeader>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
              <FilterBar />
              <WasteNote currency={view.currency} />
            </Box>
            <KpiStrip view={view} state={ledger} />
            <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 2, '@container (min-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(384px, 27%)' } }}>
              <CourseCard view={view} />
              <MoversCard view={view} />
            </Box>
            <BudgetsCard />
            <BreakdownCard view={view} />
          </PageBody>
        </Box>
      )}
    </QueryView>
  );
}
