import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { useWorkspacePath } from '../../bridge/queries';
import { formatDay } from '../../lib/days';
import { TableSkeleton } from '../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../ui/EmptyState';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { Segmented } from '../../ui/Segmented';
import { SavingsView } from './components/SavingsView';
import { DocumentsDrawer } from './documents/DocumentsDrawer';
import { useDocumentsState } from './documents/useDocumentsState';
import { tabs } from './model';
import { useFindings } from './queries';
import { useSavingsState } from './useSavingsState';

/** What the client could stop paying for: `/savings`. */
export function SavingsPage() {
  const findings = useFindings();
  const workspace = useWorkspacePath();
  const state = useSavingsState();
  const documents = useDocumentsState();
  const asOf = findings.data?.asOf ?? '';
  return (
    <PageBody>
      <PageHeader title="Savings" sub={findings.data?.stale ? 'Something has changed since; looking again' : asOf === '' ? 'What could be saved, proven by charge lines' : `Proven by charge lines to ${formatDay(asOf)}; days after it can still change`}>
        {asOf !== '' && (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
            <Segmented label="View" value={state.tab} choices={[...tabs]} onChange={state.setTab} />
            <Button variant="outlined" onClick={() => documents.show(true)}>
              Documents
            </Button>
            <Button variant="outlined" onClick={() => state.showRules(true)}>
              Rules
            </Button>
          </Box>
        )}
      </PageHeader>
      <QueryView
        query={findings}
        what="the findings"
        errorTitle="The charges could not be examined"
        skeleton={<TableSkeleton />}
        isEmpty={({ asOf: day }) => day === ''}
        empty={
          <EmptyState
            title="Nothing to examine yet"
            text="Import the billing files of the client. The checks need at least 14 days with usage."
            action={
              <Button variant="contained" component={Link} to="/imports">
                Go to imports
              </Button>
            }
          />
        }
      >
        {(info) => <SavingsView key={workspace} info={info} state={state} />}
      </QueryView>
      <DocumentsDrawer key={workspace} />
    </PageBody>
  );
}
