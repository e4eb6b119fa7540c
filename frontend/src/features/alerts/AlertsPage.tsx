import { useSearchParams } from 'react-router';

import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { Segmented } from '../../ui/Segmented';
import { Channels } from './components/Channels';
import { DeliveryLog } from './components/DeliveryLog';
import { Inbox } from './components/Inbox';
import { Rules } from './components/Rules';
import { isTab, tabs, type Tab } from './model';

const subs: Record<Tab, string> = {
  inbox: 'Budget thresholds that were reached, and what rules report',
  log: 'What was sent, by which channel, and what could not be',
  channels: 'Where alerts are sent, and when',
  rules: 'What raises alerts beside the thresholds of budgets',
};

/** Alerts, what became of them, the channels that send them, and the rules that raise them: `/alerts`. */
export function AlertsPage() {
  const [params, setParams] = useSearchParams();
  const wanted = params.get('tab') ?? '';
  const tab = isTab(wanted) ? wanted : 'inbox';
  const choose = (to: Tab) => {
    const next = new URLSearchParams(params);
    if (to === 'inbox') next.delete('tab');
    else next.set('tab', to);
    setParams(next);
  };
  return (
    <PageBody>
      <PageHeader title="Alerts" sub={subs[tab]}>
        <Segmented label="View" value={tab} choices={[...tabs]} onChange={choose} />
      </PageHeader>
      {tab === 'inbox' && <Inbox />}
      {tab === 'log' && <DeliveryLog />}
      {tab === 'channels' && <Channels />}
      {tab === 'rules' && <Rules />}
    </PageBody>
  );
}
