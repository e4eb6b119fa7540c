import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useSearchParams } from 'react-router';

import { useReadOnly } from '../../bridge/queries';
import type { DataPassport } from '../../lib/wire';
import { useImportFiles } from '../../parts/useImportFiles';
import { formatCounted } from '../../lib/money';
import { EmptyState } from '../../ui/EmptyState';
import { ExportMenu } from '../../ui/ExportMenu';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { errorToast, useToast } from '../../ui/toast';
import { QualitySkeleton } from './components/QualitySkeleton';
import { ReadinessTable } from './components/ReadinessTable';
import { SetCard } from './components/SetCard';
import { SetIndex } from './components/SetIndex';
import { Verdict } from './components/Verdict';
import { useExportPassport, useExportQuality, usePassport } from './queries';

/** The whole or one data set: more at once is more than anybody reads. */
function Sets({ passport: { whole, sets } }: { passport: DataPassport }) {
  const [params] = useSearchParams();
  const all = [whole, ...sets];
  const chosen = all.find(({ id }) => id === (params.get('set') ?? '')) ?? whole;
  if (sets.length === 1 && sets[0]) return <SetCard set={sets[0]} findings={false} />;
  return (
    <>
      <SetIndex sets={all} chosen={chosen.id} />
      <SetCard key={chosen.id} set={chosen} findings={chosen.id !== ''} />
    </>
  );
}

/** How far the data can be relied on, and for what. */
export function QualityPage() {
  const passport = usePassport();
  const exportJSON = useExportPassport();
  const exportTable = useExportQuality();
  const importFiles = useImportFiles();
  const readOnly = useReadOnly();
  const toast = useToast();
  const { data } = passport;
  const filled = data !== undefined && data.sets.length > 0;
  return (
    <PageBody>
      <PageHeader title="Data quality" sub={filled ? formatCounted(data.sets.length, 'data set') : undefined}>
        {filled && (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <ExportMenu label="Export findings" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ table: 'findings', format })} />
            <ExportMenu label="Export columns" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ table: 'shares', format })} />
            <Button variant="outlined" startIcon={<FileDownloadOutlined />} disabled={exportJSON.isPending} onClick={() => exportJSON.mutate(undefined)}>
              Export JSON
            </Button>
          </Box>
        )}
      </PageHeader>
      <QueryView
        query={passport}
        what="the data quality"
        errorTitle="The data quality could not be calculated"
        skeleton={<QualitySkeleton />}
        isEmpty={({ sets }) => sets.length === 0}
        empty={
          <EmptyState
            title="No data yet"
            text="Import the billing files of the client. This page then shows which days have data, which fields are filled, and which analyses the data allows."
            action={
              <Button variant="contained" disabled={readOnly} onClick={() => void importFiles().catch((error: Error) => toast(errorToast(error)))}>
                Import billing files
              </Button>
            }
          />
        }
      >
        {(loaded) => (
          <>
            <Verdict whole={loaded.sets.length === 1 ? (loaded.sets[0] ?? loaded.whole) : loaded.whole} />
            <ReadinessTable passport={loaded} />
            <Sets passport={loaded} />
          </>
        )}
      </QueryView>
    </PageBody>
  );
}
