import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useSearchParams } from 'react-router';

import { useReadOnly } from '../../bridge/queries';
import type { DataPassport } from '../../lib/wire';
import { useExportTable } from '../../parts/useExportTable';
import { useImportFiles } from '../../parts/useImportFiles';
import { useSaveText } from '../../parts/useSaveText';
import { formatCounted } from '../../lib/money';
import { EmptyState } from '../../ui/EmptyState';
import { ExportMenu } from '../../ui/ExportMenu';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { useToast } from '../../ui/toast';
import { QualitySkeleton } from './components/QualitySkeleton';
import { ReadinessTable } from './components/ReadinessTable';
import { SetCard } from './components/SetCard';
import { findingsTable, describeFindings } from './model';
import { usePassport } from './queries';

/** So many data sets are shown at once; with more, the rest on demand. */
const setsMost = 8;

function Sets({ passport: { whole, sets } }: { passport: DataPassport }) {
  const [params, setParams] = useSearchParams();
  const all = params.get('sets') === 'all';
  const shown = all ? sets : sets.slice(0, setsMost);
  const showAll = () => {
    const next = new URLSearchParams(params);
    next.set('sets', 'all');
    setParams(next);
  };
  return (
    <>
      {sets.length > 1 && <SetCard set={whole} />}
      {shown.map((set) => (
        <SetCard key={set.id} set={set} />
      ))}
      {shown.length < sets.length && (
        <Button variant="outlined" onClick={showAll} sx={{ alignSelf: 'center' }}>
          Show {formatCounted(sets.length - shown.length, 'more data set')}
        </Button>
      )}
    </>
  );
}

/** How far the data can be relied on, and for what. */
export function QualityPage() {
  const passport = usePassport();
  const save = useSaveText();
  const exportTable = useExportTable();
  const importFiles = useImportFiles();
  const readOnly = useReadOnly();
  const toast = useToast();
  const { data } = passport;
  const filled = data !== undefined && data.sets.length > 0;
  return (
    <Box sx={{ px: 3, pt: 2.5, pb: 3, display: 'flex', flexDirection: 'column', gap: 2, flex: 1 }}>
      <PageHeader title="Data quality" sub={filled ? `${formatCounted(data.sets.length, 'data set')}, ${describeFindings(data.sets.flatMap(({ findings }) => findings)).toLowerCase()}` : undefined}>
        {filled && (
          <Box sx={{ display: 'flex', gap: 1 }}>
            <ExportMenu pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'data quality', table: findingsTable(data), format })} />
            <Button variant="outlined" startIcon={<FileDownloadOutlined />} disabled={save.isPending} onClick={() => save.mutate({ name: 'data-quality.json', text: `${JSON.stringify(data, null, 2)}\n` })}>
              Export JSON
            </Button>
          </Box>
        )}
      </PageHeader>
      <QueryView
        query={passport}
        errorTitle="The data quality could not be worked out"
        skeleton={<QualitySkeleton />}
        isEmpty={({ sets }) => sets.length === 0}
        empty={
          <EmptyState
            title="There is nothing to judge yet"
            text="Import the billing files of the client. This page then tells which days are held, what the lines say, and which analyses the data allows."
            action={
              <Button variant="contained" disabled={readOnly} onClick={() => void importFiles().catch((error: Error) => toast({ text: error.message, tone: 'error' }))}>
                Import billing files
              </Button>
            }
          />
        }
      >
        {(loaded) => (
          <>
            <ReadinessTable passport={loaded} />
            <Sets passport={loaded} />
          </>
        )}
      </QueryView>
    </Box>
  );
}
