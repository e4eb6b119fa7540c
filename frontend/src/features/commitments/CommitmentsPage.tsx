import Skeleton from '@mui/material/Skeleton';

import { useWorkspacePath } from '../../bridge/queries';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { Segmented } from '../../ui/Segmented';
import { CoverageView } from './components/CoverageView';
import { ListView } from './components/ListView';
import { NoUsage } from './components/NoUsage';
import { SimulatorView } from './components/SimulatorView';
import { tabs, type Tab } from './model';
import { useCommitmentsReport } from './queries';
import { useCommitmentsState } from './useCommitmentsState';

const subs: Record<Tab, string> = {
  list: 'Reservations, savings plans and committed use discounts, based on the last 30 settled days',
  coverage: 'How much of the usage commitments cover, and what they save',
  simulator: 'What a further commitment for machines would save',
};

/** How commitments are used, what they cover, and what further ones would save: `/commitments`. */
export function CommitmentsPage() {
  const report = useCommitmentsReport();
  const workspace = useWorkspacePath();
  const state = useCommitmentsState();
  return (
    <PageBody>
      <PageHeader title="Commitments" sub={subs[state.tab]}>
        <Segmented label="View" value={state.tab} choices={[...tabs]} onChange={state.setTab} />
      </PageHeader>
      {state.tab === 'simulator' ? (
        <SimulatorView key={workspace} state={state} />
      ) : (
        <QueryView
          query={report}
          what="the commitments"
          errorTitle="The commitments could not be read"
          skeleton={<Skeleton variant="rounded" height={420} />}
          isEmpty={({ months }) => months.length === 0}
          empty={<NoUsage />}
        >
          {(info) => (state.tab === 'list' ? <ListView key={workspace} info={info} state={state} /> : <CoverageView key={workspace} info={info} />)}
        </QueryView>
      )}
    </PageBody>
  );
}
