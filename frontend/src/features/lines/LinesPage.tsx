import { useDimensions, useLedgerState, useWorkspacePath } from '../../bridge/queries';
import { formatRange } from '../../lib/days';
import type { LedgerState } from '../../lib/wire';
import { TableSkeleton } from '../../ui/DataTable/TableSkeleton';
import { NoCharges } from '../../parts/NoCharges';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { useLedgerView } from '../../ui/view/ledgerView';
import { LinesView } from './components/LinesView';
import { columnsOf } from './model';

/** The charge lines behind any number: `/charges`. */
export function LinesPage() {
  const state = useLedgerState();
  const workspace = useWorkspacePath();
  const dimensions = useDimensions();
  const view = useLedgerView();
  return (
    <PageBody fills>
      <PageHeader title="Charges" sub={formatRange(view.from, view.to)} />
      <QueryView<LedgerState> query={state} what="the charge lines" errorTitle="The ledger could not be read" skeleton={<TableSkeleton />} isEmpty={({ lines }) => lines === 0} empty={<NoCharges />}>
        {/* Another client is another table: nothing of the last one may stay in sight while this one loads. */}
        {(data) => <LinesView key={workspace} columns={columnsOf(data, dimensions.data ?? [])} />}
      </QueryView>
    </PageBody>
  );
}
