import { useSearchParams } from 'react-router';

import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { Segmented } from '../../ui/Segmented';
import { ConnectionList } from './components/ConnectionList';
import { HostsCard } from './components/HostsCard';
import { NetworkCard } from './components/NetworkCard';
import { ScheduleCard } from './components/ScheduleCard';
import { SyncHistory } from './components/SyncHistory';
import { UnaskedCard } from './components/UnaskedCard';
import { isTab, type Tab, tabs } from './model';

const subs: Record<Tab, string> = {
  connections: 'Connections that import bills automatically',
  history: 'What each sync did',
  schedule: 'When connections are synced automatically',
  network: 'Proxy and certificates, and the hosts contacted',
};

/** Connections, their syncs and the network: `/sources`. */
export function SourcesPage() {
  const [params, setParams] = useSearchParams();
  const wanted = params.get('tab') ?? '';
  const tab = isTab(wanted) ? wanted : 'connections';
  const choose = (to: Tab) => {
    const next = new URLSearchParams(params);
    if (to === 'connections') next.delete('tab');
    else next.set('tab', to);
    setParams(next);
  };
  return (
    <PageBody>
      <PageHeader title="Sources" sub={subs[tab]}>
        <Segmented label="View" value={tab} choices={[...tabs]} onChange={choose} />
      </PageHeader>
      {tab === 'connections' && <ConnectionList />}
      {tab === 'history' && <SyncHistory />}
      {tab === 'schedule' && (
        <>
          <ScheduleCard />
          <UnaskedCard />
        </>
      )}
      {tab === 'network' && (
        <>
          <NetworkCard />
          <HostsCard />
        </>
      )}
    </PageBody>
  );
}
