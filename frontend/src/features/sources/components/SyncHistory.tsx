import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';

import { formatDuration, formatInstant } from '../../../lib/days';
import { formatBytes, formatMoney } from '../../../lib/money';
import { useExportTable } from '../../../parts/useExportTable';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureTable } from '../../../ui/FigureTable';
import { Pill } from '../../../ui/Pill';
import { bothOf, QueryView } from '../../../ui/QueryView';
import { countOrDash, describeChanges, describeRun, historyTable } from '../model';
import { useConnections, useSyncHistory } from '../queries';

/** The newest syncs of all connections. */
export function SyncHistory() {
  const both = bothOf(useSyncHistory(), useConnections());
  const exportTable = useExportTable();
  return (
    <QueryView
      query={both}
      what="the history"
      errorTitle="The history could not be read"
      skeleton={<Skeleton variant="rounded" height={320} />}
      isEmpty={([runs]) => runs.length === 0}
      empty={<EmptyState title="Nothing was synced yet" text="Each sync of a connection is listed here, with what it called, how long it took and what it imported." />}
    >
      {([runs, connections]) => {
        const nameOf = (id: string) => connections.find((one) => one.id === id)?.name ?? 'Removed connection';
        return (
          <Card
            title="Syncs"
            sub="the newest first"
            actions={<ExportMenu of="the history" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'syncs', table: historyTable(runs, nameOf), format })} />}
          >
            <FigureTable
              label="Syncs"
              head={['Sync', 'State', 'Took', 'Change in bills', 'Lines', 'Calls', 'Retries', 'Received']}
              tall
              folded={[4, 5, 6, 7]}
              rows={runs.map((run) => {
                const { tone, label } = describeRun(run);
                return {
                  key: String(run.id),
                  cells: [
                    <Box key="sync" sx={{ minWidth: 220, maxWidth: 640 }}>
                      {nameOf(run.connection)}, {formatInstant(run.startedAt)}
                      <Typography variant="body2" sx={{ color: run.state === 'failed' || run.state === 'unanswered' ? 'error.main' : 'text.secondary', overflowWrap: 'anywhere' }}>
                        {run.note === '' && run.state === 'interrupted' ? 'The program ended before a month was imported.' : run.note}
                      </Typography>
                      {run.charged !== '' && (
                        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                          Charged by the provider: {run.charged}
                        </Typography>
                      )}
                      {describeChanges(run).map((line) => (
                        <Typography key={line} variant="body2" sx={{ color: 'text.secondary' }}>
                          {line}
                        </Typography>
                      ))}
                    </Box>,
                    <Pill key="state" tone={tone}>
                      {label}
                    </Pill>,
                    run.endedAt === '' ? '–' : formatDuration(run.seconds),
                    run.totals.length === 0 ? '–' : run.totals.map(({ currency, change }) => (
                      <Box key={currency} title={`${change} ${currency}`}>
                        {formatMoney(change, currency, { signed: true })} {currency}
                      </Box>
                    )),
                    countOrDash(run.lines),
                    countOrDash(run.calls),
                    countOrDash(run.retries),
                    run.received === 0 ? '–' : formatBytes(run.received),
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
