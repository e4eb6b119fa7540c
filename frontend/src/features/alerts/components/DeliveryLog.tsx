import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';

import { useAlerts, useReadOnly } from '../../../bridge/queries';
import { formatInstant } from '../../../lib/days';
import { useExportTable } from '../../../parts/useExportTable';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureTable } from '../../../ui/FigureTable';
import { Pill } from '../../../ui/Pill';
import { bothOf, QueryView } from '../../../ui/QueryView';
import { deliveriesTable, describeDelivery } from '../model';
import { useDeliver, useDeliveries } from '../queries';

/** How many deliveries are shown; all of them are exported. */
const most = 200;

/** What was sent and what was tried. */
export function DeliveryLog() {
  const both = bothOf(useDeliveries(), useAlerts());
  const readOnly = useReadOnly();
  const deliver = useDeliver();
  const exportTable = useExportTable();
  return (
    <QueryView
      query={both}
      what="the delivery log"
      errorTitle="The delivery log could not be read"
      skeleton={<Skeleton variant="rounded" height={320} />}
      isEmpty={([log]) => log.length === 0}
      empty={<EmptyState title="Nothing was sent yet" text="Add a channel. Alerts raised after that are sent while this window is open, or by the command “alerts deliver”." />}
    >
      {([log, alerts]) => {
        const messageOf = (id: number) => alerts.find((one) => one.id === id)?.message ?? '';
        return (
          <Card
            title="Deliveries"
            sub={log.length > most ? `the newest ${most} of ${log.length}` : undefined}
            actions={
              <>
                <Button variant="outlined" disabled={readOnly} loading={deliver.isPending} onClick={() => deliver.mutate()}>
                  Send now
                </Button>
                <ExportMenu of="the delivery log" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'delivery log', table: deliveriesTable(log, messageOf), format })} />
              </>
            }
          >
            <FigureTable
              label="Deliveries"
              folded={[3, 4, 5]}
              head={['Alert', 'Channel', 'State', 'Attempts', 'Time', 'Next try']}
              rows={log.slice(0, most).map((one) => {
                const { text, tone, why } = describeDelivery(one.state);
                return {
                  key: `${one.alert} ${one.channel}`,
                  cells: [
                    <Box key="alert" sx={{ fontWeight: 400 }}>
                      {messageOf(one.alert)}
                      {one.error !== '' && <Typography sx={{ color: 'error.main' }}>{one.error}</Typography>}
                    </Box>,
                    one.channel,
                    <span key="state" title={why}>
                      <Pill tone={tone}>{text}</Pill>
                    </span>,
                    String(one.attempts),
                    formatInstant(one.changedAt),
                    one.nextAt === '' ? '–' : formatInstant(one.nextAt),
                  ],
                };
              })}
            />
          </Card>
        );
      }}
    </QueryView>
  );
}
