import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { useSearchParams } from 'react-router';

import { fileName } from '../../lib/fileName';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { MapView } from './components/MapView';
import { SavedMappings } from './components/SavedMappings';
import { useTable } from './queries';

function TablePage({ path }: { path: string }) {
  const table = useTable(path);
  return (
    <PageBody>
      <PageHeader title="Map the columns" sub={<bdi title={path}>{fileName(path)}</bdi>} />
      <QueryView
        query={table}
        errorTitle="The table could not be read"
        skeleton={
          <Box role="status" aria-label="Reading the table" sx={{ display: 'grid', gridTemplateColumns: '2fr 3fr', gap: 2 }}>
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

/** Teaches the workspace a table that nothing recognises: `/imports/map?path=…`; without a path the saved mappings. */
export function MappingPage() {
  const [params] = useSearchParams();
  const path = params.get('path') ?? '';
  if (path !== '') return <TablePage key={path} path={path} />;
  return (
    <PageBody>
      <PageHeader title="Saved mappings" sub="Tables that this workspace reads although no source recognises them." />
      <SavedMappings />
    </PageBody>
  );
}
