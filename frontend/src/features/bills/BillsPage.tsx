import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { useWorkspacePath } from '../../bridge/queries';
import { TableSkeleton } from '../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../ui/EmptyState';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { BillsView } from './components/BillsView';
import { useBills } from './queries';

/** The source used for each account and month, and how each bill came about: `/bills`. */
export function BillsPage() {
  const bills = useBills();
  const workspace = useWorkspacePath();
  return (
    <PageBody fills>
      <PageHeader title="Bills" sub="Source used for each account and month" />
      <QueryView
        query={bills}
        what="the bills"
        errorTitle="The bills could not be listed"
        skeleton={<TableSkeleton />}
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyState
            title="No bills yet"
            text="Import the billing files of the client. Each account and month is one bill here, with every version of it that was imported."
            action={
              <Button variant="contained" component={Link} to="/imports">
                Go to imports
              </Button>
            }
          />
        }
      >
        {(list) => <BillsView key={workspace} bills={list} />}
      </QueryView>
    </PageBody>
  );
}
