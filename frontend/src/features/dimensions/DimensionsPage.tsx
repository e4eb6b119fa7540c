import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { useReadOnly } from '../../bridge/queries';
import { ExportList } from '../../parts/ExportList';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { useOpened } from '../../ui/useOpened';
import { DimensionEditor } from './components/DimensionEditor';
import { DimensionList } from './components/DimensionList';
import { type DimensionDraft, draftOf, emptyDraft } from './model';
import { useImportDimension, useStoredDimension } from './queries';

/** Virtual dimensions: the list, or one of them to edit. */
export function DimensionsPage() {
  const [params, setParams] = useSearchParams();
  const [imported, setImported] = useState<DimensionDraft | null>(null);
  const readOnly = useReadOnly();
  const load = useImportDimension();
  const opened = params.get('dimension');
  const creating = params.has('new');

  const go = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    next.delete('dimension');
    next.delete('new');
    edit(next);
    setParams(next);
  };
  const toList = () => {
    setImported(null);
    go(() => undefined);
  };
  const handleImport = () =>
    load.mutate(undefined, {
      onSuccess: (dimension) => {
        if (!dimension) return;
        setImported(draftOf(dimension));
        go((next) => next.set('new', '1'));
      },
    });

  if (opened !== null) return <StoredEditor key={opened} name={opened} onClose={toList} />;
  if (creating) return <DimensionEditor initial={imported ?? emptyDraft()} version={0} onClose={toList} />;
  return (
    <PageBody>
      <PageHeader title="Dimensions" sub="Group charges by teams, environments or projects that the bills do not name">
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <ExportList list="dimensions" />
          <Button variant="outlined" disabled={readOnly} loading={load.isPending} onClick={handleImport}>
            Import from a file
          </Button>
          <Button variant="contained" disabled={readOnly} onClick={() => go((next) => next.set('new', '1'))}>
            New dimension
          </Button>
        </Box>
      </PageHeader>
      <DimensionList onOpen={(name) => go((next) => next.set('dimension', name))} />
    </PageBody>
  );
}

function StoredEditor({ name, onClose }: { name: string; onClose: () => void }) {
  const { opened, renew } = useOpened(useStoredDimension(name));
  return (
    <QueryView query={opened} what="the dimension" skeleton={<Skeleton variant="rounded" height={360} sx={{ m: 3 }} />} errorTitle="The dimension could not be read">
      {({ dimension, version }) => (
        <DimensionEditor key={version} initial={draftOf(dimension)} version={version} onClose={onClose} onReload={() => void renew()} />
      )}
    </QueryView>
  );
}
