import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import type { DocumentInfo } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { ExportList } from '../../../parts/ExportList';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { DocumentDialog } from './DocumentDialog';
import { DocumentScripts } from './DocumentScripts';
import { describeAdded, describeScope } from './model';
import { useAddDocuments, useDocuments, useRemoveDocument } from './queries';
import { useDocumentsState } from './useDocumentsState';

function Listed({ document }: { document: DocumentInfo }) {
  const remove = useRemoveDocument();
  const readOnly = useReadOnly();
  const [changing, setChanging] = useState(false);
  return (
    <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 1, py: 0.75, borderBottom: 1, borderColor: 'divider' }}>
      <Box sx={{ mr: 'auto', minWidth: 0 }}>
        <Typography sx={{ overflowWrap: 'anywhere' }}>
          {document.name} <Box component="span" sx={{ color: 'text.secondary' }}>{document.title}</Box>
        </Typography>
        <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{describeScope(document)}</Typography>
      </Box>
      <Button size="small" variant="text" disabled={readOnly} aria-label={`Change ${document.name}`} onClick={() => setChanging(true)}>
        Change
      </Button>
      {changing && <DocumentDialog document={document} onClose={() => setChanging(false)} />}
      <Button size="small" variant="text" disabled={readOnly} loading={remove.isPending} aria-label={`Remove ${document.name}`} onClick={() => remove.mutate(document)}>
        Remove
      </Button>
      <ChangeConflict what={`the document ${document.name}`} change={remove} />
    </Box>
  );
}

/** The documents of the client: what is there, adding files, and the scripts that make them. */
export function DocumentsDrawer() {
  const { shown, dropped, show, taken } = useDocumentsState();
  const documents = useDocuments();
  const add = useAddDocuments();
  const readOnly = useReadOnly();
  const took = useRef<string[] | null>(null);
  const { mutate } = add;
  useEffect(() => {
    if (dropped.length === 0 || took.current === dropped) return;
    took.current = dropped;
    mutate(dropped);
    taken();
  }, [dropped, mutate, taken]);
  return (
    <Drawer
      anchor="right"
      open={shown}
      onClose={() => show(false)}
      slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': 'Client documents', sx: { width: 'min(760px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto', fontSize: '0.9375rem' }}>
          Client documents
        </Typography>
        {(documents.data?.length ?? 0) > 0 && <ExportList list="documents" variant="text" />}
        <IconButton aria-label="Close" onClick={() => show(false)}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label="Documents and scripts">
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1 }}>
          <Typography sx={{ mr: 'auto', color: 'text.secondary' }}>Inventories, metrics and recommendations that the client exports confirm findings that the bill leaves open, or refute them.</Typography>
          <Button variant="contained" disabled={readOnly} loading={add.isPending} onClick={() => mutate(null)} sx={{ flexShrink: 0 }}>
            Add files
          </Button>
        </Box>
        {add.data && add.data.length > 0 && (
          <Box role="status" aria-label="Added" sx={{ mb: 1.5, p: 1.25, bgcolor: 'tone.line2', borderRadius: '6px' }}>
            {add.data.map((one) => {
              const { text, fault } = describeAdded(one);
              return (
                <Typography key={one.path} sx={{ overflowWrap: 'anywhere', color: fault ? 'tone.warm' : undefined }}>
                  {text}
                </Typography>
              );
            })}
          </Box>
        )}
        <QueryView
          query={documents}
          what="the documents"
          errorTitle="The documents could not be read"
          skeleton={<Skeleton variant="rounded" height={120} />}
          isEmpty={(list) => list.length === 0}
          empty={<EmptyState title="No documents yet" text="Drop files here, or ask the client for them with a script below." />}
        >
          {(list) => (
            <section aria-label="Documents">
              {list.map((document) => (
                <Listed key={document.name} document={document} />
              ))}
            </section>
          )}
        </QueryView>
        <DocumentScripts />
      </Box>
    </Drawer>
  );
}
