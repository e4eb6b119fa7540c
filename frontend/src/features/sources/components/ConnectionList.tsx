import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';

import { isLive } from '../../../bridge/jobs';
import { useJobs, useReadOnly } from '../../../bridge/queries';
import type { ConnectionInfo } from '../../../lib/wire';
import { ExportList } from '../../../parts/ExportList';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { useConnections, useConnectors, useSync, useTestConnection } from '../queries';
import { ConnectionCard } from './ConnectionCard';
import { ConnectionDialog } from './ConnectionDialog';
import { PolicyDialog } from './PolicyDialog';
import { RemoveConnection } from './RemoveConnection';
import { TestDialog } from './TestDialog';

type Opened = { what: 'edit' | 'policy' | 'remove'; connection: ConnectionInfo } | { what: 'add' } | { what: 'test'; name: string } | null;

/** The connections, each with what can be done with it. */
export function ConnectionList() {
  const connections = useConnections();
  const connectors = useConnectors();
  const jobs = useJobs();
  const readOnly = useReadOnly();
  const sync = useSync();
  const test = useTestConnection();
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  const tryOut = (name: string) => {
    setOpened({ what: 'test', name });
    test.mutate(name);
  };
  const syncNow = (names: string[]) => {
    close();
    sync.mutate(names);
  };
  const add = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={readOnly} onClick={() => setOpened({ what: 'add' })}>
      Add connection
    </Button>
  );
  const edit = (name: string) => {
    const connection = connections.data?.find((one) => one.name === name);
    setOpened(connection ? { what: 'edit', connection } : null);
  };
  const usable = (connections.data ?? []).filter(({ problem }) => problem === '').map(({ name }) => name);
  return (
    <>
      <QueryView
        query={connections}
        what="the connections"
        errorTitle="The connections could not be read"
        skeleton={<Skeleton variant="rounded" height={220} />}
        isEmpty={(list) => list.length === 0}
        empty={<EmptyState title="No connections" text="Connect AWS, Azure, Google Cloud or a folder. Each sync then imports the bills that are new or have changed." action={add} />}
      >
        {(list) => (
          <>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
              {add}
              {list.length > 1 && (
                <Button variant="outlined" disabled={readOnly || usable.length === 0} loading={sync.isPending} onClick={() => syncNow(usable)}>
                  Sync all
                </Button>
              )}
              <Box sx={{ ml: 'auto' }}>
                <ExportList list="connections" />
              </Box>
            </Box>
            {list.map((connection) => (
              <ConnectionCard
                key={connection.name}
                connection={connection}
                connector={connectors.data?.find(({ name }) => name === connection.kind)}
                job={jobs.data?.find((job) => isLive(job) && job.connection !== '' && job.connection === connection.id)}
                readOnly={readOnly}
                onSync={() => syncNow([connection.name])}
                onTest={() => tryOut(connection.name)}
                onOpen={(what) => setOpened({ what, connection })}
              />
            ))}
          </>
        )}
      </QueryView>
      {(opened?.what === 'add' || opened?.what === 'edit') && connectors.data && (
        <ConnectionDialog connectors={connectors.data} connection={opened.what === 'edit' ? opened.connection : undefined} onClose={close} onSaved={tryOut} />
      )}
      {opened?.what === 'policy' && <PolicyDialog kind={opened.connection.kind} values={opened.connection.values} onClose={close} />}
      {opened?.what === 'remove' && <RemoveConnection connection={opened.connection} onClose={close} />}
      {opened?.what === 'test' && <TestDialog name={opened.name} test={test} onClose={close} onSync={() => syncNow([opened.name])} onEdit={() => edit(opened.name)} />}
    </>
  );
}
