import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';

import { formatInstant } from '../../../lib/days';
import { formatBytes, formatCount } from '../../../lib/money';
import { ExportList } from '../../../parts/ExportList';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { QueryView } from '../../../ui/QueryView';
import { useHosts } from '../queries';

/** Every host that was contacted for the workspace. */
export function HostsCard() {
  const hosts = useHosts();
  return (
    <Card title="Hosts contacted" sub="by connections and alerts, for this workspace" actions={(hosts.data?.length ?? 0) > 0 && <ExportList list="hosts" />}>
      <QueryView
        query={hosts}
        what="the hosts"
        errorTitle="The hosts could not be read"
        skeleton={<Skeleton variant="rounded" height={120} />}
        isEmpty={(list) => list.length === 0}
        empty={<Typography sx={{ color: 'text.secondary', py: 1 }}>No host was ever contacted for this workspace.</Typography>}
      >
        {(list) => (
          <FigureTable
            label="Hosts contacted"
            head={['Host', 'For', 'Calls', 'Sent', 'Received', 'First', 'Last']}
            folded={[1, 3, 5, 6]}
            words={[1]}
            rows={list.map((one) => ({
              key: `${one.host} ${one.purpose}`,
              cells: [one.host, one.purpose, formatCount(one.calls), formatBytes(one.sent), formatBytes(one.received), formatInstant(one.first), formatInstant(one.last)],
            }))}
          />
        )}
      </QueryView>
    </Card>
  );
}
