import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useNavigate } from 'react-router';

import { toAppError } from '../../../bridge/errors';
import { EmptyState } from '../../../ui/EmptyState';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { useChoosePaths, usePreview } from '../queries';
import { PageBody } from '../../../ui/PageBody';
import { PlanView } from './PlanView';
import { PreviewProgress } from './PreviewProgress';

/** What the chosen files are, before anything is imported. */
export function PreviewView({ paths }: { paths: string[] }) {
  const preview = usePreview(paths);
  const choose = useChoosePaths();
  const navigate = useNavigate();
  const files = preview.data?.files ?? [];
  const cancelled = !preview.isFetching && preview.data === undefined && preview.error !== null && toAppError(preview.error).code === 'cancelled';
  const toList = () => void navigate('/imports');

  if (paths.length === 0) {
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
      <PageHeader title="Import preview" sub={files.length > 0 ? 'Nothing is imported yet.' : undefined} />
      {cancelled ? (
        <EmptyState
          title="Preview cancelled"
          text="Nothing was imported."
          action={
            <Box sx={{ display: 'flex', gap: 1 }}>
              <Button variant="outlined" onClick={toList}>
                Back to imports
              </Button>
              <Button variant="contained" onClick={() => void preview.refetch()}>
                Preview again
              </Button>
            </Box>
          }
        />
      ) : (
        <QueryView query={{ ...preview, error: preview.isFetching ? null : preview.error }} errorTitle="The files could not be read" skeleton={<PreviewProgress jobId={preview.jobId} />}>
          {(plan) => <PlanView key={plan.id} plan={plan} paths={paths} onBack={toList} onExamine={() => preview.examine(plan.id)} />}
        </QueryView>
      )}
    </PageBody>
  );
}
