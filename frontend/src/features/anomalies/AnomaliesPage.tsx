import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { useWorkspacePath } from '../../bridge/queries';
import { formatDay } from '../../lib/days';
import { TableSkeleton } from '../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../ui/EmptyState';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { useLedgerView } from '../../ui/view/ledgerView';
import { AnomaliesView } from './components/AnomaliesView';
import { useAnomalies } from './queries';

/** Usage that cost more or less than expected: `/anomalies`. */
export function AnomaliesPage() {
  const anomalies = useAnomalies();
  const workspace = useWorkspacePath();
  const { currencies } = useLedgerView().facts;
  const asOf = currencies.length === 0 ? '' : (anomalies.data?.asOf ?? '');
  const sub = anomalies.data?.stale ? 'Data has changed; updating' : asOf === '' ? 'Usage that cost more or less than expected' : `Usage that cost more or less than expected, by effective cost to ${formatDay(asOf)}`;
  return (
    <PageBody fills>
      <PageHeader title="Anomalies" sub={sub} />
      <QueryView
        query={anomalies}
        what="the anomalies"
        errorTitle="The anomalies could not be calculated"
        skeleton={<TableSkeleton />}
        isEmpty={() => currencies.length === 0}
        empty={
          <EmptyState
            title="No anomalies yet"
            text="Import the billing files of the client. Each day is compared with at least 28 days before it."
            action={
              <Button variant="contained" component={Link} to="/imports">
                Go to imports
              </Button>
            }
          />
        }
      >
        {(info) => <AnomaliesView key={workspace} info={info} />}
      </QueryView>
    </PageBody>
  );
}
