import VerifiedOutlined from '@mui/icons-material/VerifiedOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';
import { Link } from 'react-router';

import { useReadOnly } from '../../../bridge/queries';
import type { ImportInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { formatCounted } from '../../../lib/money';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { importsTable, type Undoing } from '../model';
import { useChoosePaths, useImportList, useVerify } from '../queries';
import { ChooseButtons } from './ChooseButtons';
import { ImportTable } from './ImportTable';
import { PageBody } from '../../../ui/PageBody';
import { RejectsDialog } from './RejectsDialog';
import { UndoDialog } from './UndoDialog';
import { VerifyDialog } from './VerifyDialog';
import { WaitingImports } from './WaitingImports';

type OpenDialog = { kind: 'undo'; undoing: Undoing } | { kind: 'rejects'; info: ImportInfo } | { kind: 'verify' } | null;

/** What has been imported, and how to import more. */
export function ImportsView() {
  const list = useImportList();
  const choose = useChoosePaths();
  const readOnly = useReadOnly();
  const exportTable = useExportTable();
  const verify = useVerify();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const close = () => setDialog(null);
  const handleVerify = () => {
    setDialog({ kind: 'verify' });
    if (!verify.isPending) verify.mutate();
  };
  const some = (list.data?.length ?? 0) > 0;

  return (
    <PageBody>
      <PageHeader title="Imports" sub={some ? formatCounted(list.data?.length ?? 0, 'import') : undefined}>
        {some && (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <ExportMenu pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'imports', table: importsTable(list.data ?? []), format })} />
            <Button variant="outlined" startIcon={<VerifiedOutlined />} onClick={handleVerify}>
              Verify totals
            </Button>
            <Button component={Link} to="/imports/map" variant="outlined">
              Saved mappings
            </Button>
            <ChooseButtons />
          </Box>
        )}
      </PageHeader>
      <WaitingImports />
      <QueryView
        query={list}
        what="the imports"
        errorTitle="The imports could not be listed"
        skeleton={<Skeleton variant="rounded" height={260} />}
        isEmpty={(data) => data.length === 0}
        empty={
          <EmptyState
            title="Nothing imported yet"
            text="Choose the billing files of this client, or drop files or a folder anywhere on this window. You see a preview before anything is imported."
            action={
              <Button variant="contained" disabled={readOnly || choose.isPending} onClick={() => choose.mutate('files')}>
                Import files
              </Button>
            }
          />
        }
      >
        {(data) => <ImportTable imports={data} onUndo={(undoing) => setDialog({ kind: 'undo', undoing })} onRejects={(info) => setDialog({ kind: 'rejects', info })} />}
      </QueryView>
      {dialog?.kind === 'undo' && <UndoDialog undoing={dialog.undoing} onClose={close} />}
      {dialog?.kind === 'rejects' && <RejectsDialog importId={dialog.info.importId} title={`Skipped lines of import ${dialog.info.importId}`} onClose={close} />}
      {dialog?.kind === 'verify' && <VerifyDialog verify={verify} onClose={close} />}
    </PageBody>
  );
}
