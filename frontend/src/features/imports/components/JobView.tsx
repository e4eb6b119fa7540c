import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useNavigate } from 'react-router';

import { toAppError } from '../../../bridge/errors';
import type { JobInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { describeWaiting } from '../model';
import { useCancelJob, useJob } from '../queries';
import { ConflictsDialog } from './ConflictsDialog';
import { ReviewView } from './ReviewView';
import { JobProgress } from './JobProgress';
import { OutcomeView } from './OutcomeView';
import { PageBody } from '../../../ui/PageBody';

/** An import under way, and what came of it. */
export function JobView({ id }: { id: string }) {
  const query = useJob(id);
  const navigate = useNavigate();
  const toList = () => void navigate('/imports');
  const cancel = useCancelJob();
  const paths = query.data?.paths ?? [];
  const toPreview = () => void navigate('/imports?preview', { state: { paths } });
  const handleCancel = () => {
    cancel.mutate(id);
    toList();
  };
  const back = (
    <Button variant="outlined" onClick={paths.length > 0 ? toPreview : toList}>
      {paths.length > 0 ? 'Back to the preview' : 'Back to imports'}
    </Button>
  );

  const show = (job: JobInfo) => {
    switch (job.state) {
      case 'running':
      case 'paused':
        return <JobProgress job={job} />;
      case 'waiting':
        if (!job.result) return <EmptyState title="The import waits for an answer" text={describeWaiting(job)} action={back} />;
        return job.result.conflicts.length > 0 ? <ConflictsDialog jobId={id} conflicts={job.result.conflicts} onLeave={toList} onCancel={handleCancel} /> : <ReviewView jobId={id} outcome={job.result} onCancel={handleCancel} />;
      case 'interrupted':
        return <EmptyState title="The import was interrupted" text="Cloud Intelligence was closed before it had finished. Nothing was imported." action={back} />;
      case 'cancelled':
        return <EmptyState title="The import was cancelled" text={job.message || 'Nothing was imported.'} action={back} />;
      case 'failed':
        return (
          <>
            <ErrorPanel title="The import failed" error={toAppError(job.error ?? job.message)} />
            <div>{back}</div>
          </>
        );
      case 'done':
        return job.result ? <OutcomeView outcome={job.result} onClose={toList} /> : <EmptyState title="The import has ended" action={back} />;
    }
  };

  return (
    <PageBody>
      <PageHeader title={query.data?.title ?? 'Import'} />
      <QueryView
        query={{ ...query, data: query.isPending ? undefined : { job: query.data } }}
        what="the import"
        errorTitle="The progress of the import could not be read"
        skeleton={<Skeleton variant="rounded" height={110} />}
        isEmpty={({ job }) => job === null}
        empty={
          <EmptyState
            title="This import has ended"
            text="Its progress is no longer available. The list of imports shows what was imported."
            action={
              <Button variant="contained" onClick={toList}>
                Show the imports
              </Button>
            }
          />
        }
      >
        {({ job }) => job && show(job)}
      </QueryView>
    </PageBody>
  );
}
