import FileDownloadOutlined from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useSearchParams } from 'react-router';

import type { PassportDocument } from '../../lib/wire';
import { ImportButton } from '../../parts/ImportButton';
import { formatCounted } from '../../lib/money';
import { EmptyState } from '../../ui/EmptyState';
import { ExportMenu } from '../../ui/ExportMenu';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { QualitySkeleton } from './components/QualitySkeleton';
import { ReadinessTable } from './components/ReadinessTable';
import { SetCard } from './components/SetCard';
import { SetIndex } from './components/SetIndex';
import { Verdict } from './components/Verdict';
import { allSets } from './model';
import { useExportPassport, useExportQuality, usePassport } from './queries';

/** The whole or one data set: more at once is more than anybody reads. */
function Sets({ passport }: { passport: PassportDocument }) {
  const [params] = useSearchParams();
  const all = allSets(passport);
  const chosen = all.find(({ id }) => id === (params.get('set') ?? '')) ?? all[0];
  const [only] = passport.dataSets;
  if (passport.dataSets.length === 1 && only) return <SetCard set={only} findings={false} />;
  if (!chosen) return null;
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
  const { data } = passport;
  const filled = data !== undefined && data.dataSets.length > 0;
  return (
    <PageBody>
      <PageHeader title="Data quality" sub={filled ? formatCounted(data.dataSets.length, 'data set') : undefined}>
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
        isEmpty={({ dataSets }) => dataSets.length === 0}
        empty={
          <EmptyState
            title="No data yet"
            text="Import the billing files of the client. This page then shows which days have data, which fields are filled, and which analyses the data allows."
            action={<ImportButton />}
          />
        }
      >
        {(loaded) => (
          <>
            {loaded.whole && <Verdict whole={loaded.dataSets.length === 1 ? (loaded.dataSets[0] ?? loaded.whole) : loaded.whole} dataSets={loaded.dataSets} />}
            {loaded.whole && <ReadinessTable whole={loaded.whole} sets={loaded.dataSets} />}
            <Sets passport={loaded} />
          </>
        )}
      </QueryView>
    </PageBody>
  );
}
