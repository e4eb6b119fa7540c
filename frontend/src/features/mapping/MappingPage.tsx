import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { type ReactNode } from 'react';
import { useSearchParams } from 'react-router';

import { fileName } from '../../lib/fileName';
import { ExportList } from '../../parts/ExportList';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { MapView } from './components/MapView';
import { SavedMappings } from './components/SavedMappings';
import { useMappingList, useSavedTable, useTable } from './queries';

type TablePageProps = { title: string; sub: ReactNode; table: ReturnType<typeof useTable> };

function TablePage({ title, sub, table }: TablePageProps) {
  return (
    <PageBody>
      <PageHeader title={title} sub={sub} />
      <QueryView
        query={table}
        what="the table"
        errorTitle="The table could not be read"
        skeleton={
          <Box sx={{ display: 'grid', gridTemplateColumns: '2fr 3fr', gap: 2 }}>
            <Skeleton variant="rounded" height={420} />
            <Skeleton variant="rounded" height={420} />
          </Box>
        }
      >
        {(data) => <MapView key={data.path} table={data} />}
      </QueryView>
    </PageBody>
  );
}

function NewMapping({ path }: { path: string }) {
  return <TablePage title="Map the columns" sub={<bdi title={path}>{fileName(path)}</bdi>} table={useTable(path)} />;
}

function SavedMapping({ name }: { name: string }) {
  return <TablePage title="Edit mapping" sub={<bdi>{name}</bdi>} table={useSavedTable(name)} />;
}

/** Teaches the workspace a table that nothing recognises: `/imports/map?path=…`; `?edit=…` changes a saved mapping; without either the saved mappings. */
export function MappingPage() {
  const [params] = useSearchParams();
  const path = params.get('path') ?? '';
  const name = params.get('edit') ?? '';
  const saved = useMappingList();
  if (path !== '') return <NewMapping key={path} path={path} />;
  if (name !== '') return <SavedMapping key={name} name={name} />;
  return (
    <PageBody>
      <PageHeader title="Saved mappings" sub="How the columns of other tables become charges">
        <ExportList list="mappings" disabled={!saved.data?.length} />
      </PageHeader>
      <SavedMappings />
    </PageBody>
  );
}
