import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';

import { useAlerts, useReadOnly } from '../../../bridge/queries';
import { formatCounted } from '../../../lib/money';
import { useExportTable } from '../../../parts/useExportTable';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PartFilter } from '../../../ui/PartFilter';
import { QueryView } from '../../../ui/QueryView';
import { alertsTable } from '../model';
import { useMarkRead } from '../queries';
import { AlertRow } from './AlertRow';

/** How many alerts are listed before a person asks for more. */
const step = 100;

/** The alerts, the newest first; those that nobody has read stand out. */
export function Inbox() {
  const alerts = useAlerts();
  const readOnly = useReadOnly();
  const mark = useMarkRead();
  const exportTable = useExportTable();
  const [only, setOnly] = useState<string | null>(null);
  const [most, setMost] = useState(step);
  return (
    <QueryView
      query={alerts}
      what="the alerts"
      errorTitle="The alerts could not be read"
      skeleton={<Skeleton variant="rounded" height={320} />}
      isEmpty={(list) => list.length === 0}
      empty={<EmptyState title="No alerts" text="A budget raises an alert when a threshold is reached, and rules report anomalies, late data, commitments that expire and lost savings. Each alert is raised once, however often bills are imported again." />}
    >
      {(list) => {
        const unread = list.filter(({ readBy }) => readBy === '');
        const shown = only === null ? list : unread;
        return (
          <>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
              <PartFilter label="Alerts" all="All alerts" value={only} values={['unread']} labelOf={() => 'Unread'} onChange={setOnly} />
              <Button variant="text" disabled={readOnly || unread.length === 0} loading={mark.isPending} onClick={() => mark.mutate({ ids: unread.map(({ id }) => id), read: true })}>
                Mark all as read
              </Button>
              <ExportMenu of="alerts" sx={{ ml: 'auto' }} pending={exportTable.isPending} disabled={shown.length === 0} onExport={(format) => exportTable.mutate({ name: 'alerts', table: alertsTable(shown), format })} />
            </Box>
            {shown.length === 0 ? (
              <EmptyState title="Nothing unread" text="All alerts are marked as read." />
            ) : (
              <Box component="ul" aria-label="Alerts" sx={{ listStyle: 'none', m: 0, p: 0, bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px' }}>
                {shown.slice(0, most).map((alert) => (
                  <AlertRow key={alert.id} alert={alert} readOnly={readOnly} onRead={(read) => mark.mutate({ ids: [alert.id], read })} />
                ))}
              </Box>
            )}
            {shown.length > most && (
              <Button variant="outlined" onClick={() => setMost(most + step)} sx={{ alignSelf: 'center' }}>
                Show more, {formatCounted(shown.length - most, 'alert')} left
              </Button>
            )}
          </>
        );
      }}
    </QueryView>
  );
}
