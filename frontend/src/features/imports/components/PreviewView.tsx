import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useNavigate } from 'react-router';

import { formatBytes, formatCounted } from '../../../lib/money';
import { EmptyState } from '../../../ui/EmptyState';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { type FlowState } from '../model';
import { useChoosePaths, usePreview } from '../queries';
import { PageBody } from '../../../ui/PageBody';
import { PlanView } from './PlanView';

/** What the chosen files are, before anything is kept. */
export function PreviewView({ flow }: { flow: FlowState }) {
  const preview = usePreview(flow.paths);
  const choose = useChoosePaths();
  const navigate = useNavigate();
  const files = preview.data?.files ?? [];
  const size = files.reduce((sum, file) => sum + file.sizeBytes, 0);

  if (flow.paths.length === 0) {
    return (
      <PageBody>
        <PageHeader title="Import preview" />
        <EmptyState
          title="No files are chosen"
          text="Choose billing files, or drop files or a folder anywhere on this window."
          action={
            <Button variant="contained" disabled={choose.isPending} onClick={() => choose.mutate('files')}>
              Choose files
            </Button>
          }
        />
      </PageBody>
    );
  }
  return (
    <PageBody>
      <PageHeader title="Import preview" sub={files.length > 0 ? `${formatCounted(files.length, 'file')}, ${formatBytes(size)}. Nothing is kept yet.` : undefined} />
      <QueryView
        query={preview}
        errorTitle="The files could not be read"
        skeleton={
          <Box aria-label="Reading the files" role="status" sx={{ display: 'grid', gap: 2 }}>
            <Skeleton variant="rounded" height={120} />
            <Skeleton variant="rounded" height={320} />
          </Box>
        }
      >
        {(plan) => <PlanView plan={plan} flow={flow} onBack={() => void navigate('/imports')} />}
      </QueryView>
    </PageBody>
  );
}
