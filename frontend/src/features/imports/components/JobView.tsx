import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useNavigate } from 'react-router';

import { toAppError } from '../../../bridge/errors';
import type { JobInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { PageHeader } from '../../../ui/PageHeader';
import { QueryView } from '../../../ui/QueryView';
import { type FlowState } from '../model';
import { useFlow, useJob } from '../queries';
import { ConflictsDialog } from './ConflictsDialog';
import { ReviewView } from './ReviewView';
import { JobProgress } from './JobProgress';
import { OutcomeView } from './OutcomeView';
import { PageBody } from '../../../ui/PageBody';

type JobViewProps = { id: string; flow: FlowState };

/** An import under way, and what came of it. */
export function JobView({ id, flow: given }: JobViewProps) {
  const flow = useFlow(id, given);
  const query = useJob(id);
  const navigate = useNavigate();
  const toList = () => void navigate('/imports');
  const toPreview = () => void navigate('/imports?preview', { state: { paths: flow.paths } });
  const back = (
    <Button variant="outlined" onClick={flow.paths.length > 0 ? toPreview : toList}>
      {flow.paths.length > 0 ? 'Back to the preview' : 'Back to imports'}
    </Button>
  );

  const show = (job: JobInfo) => {
    switch (job.state) {
      case 'running':
      case 'paused':
        return <JobProgress job={job} />;
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
        if (!job.result) return <EmptyState title="The import has ended" action={back} />;
        if (job.result.conflicts.length > 0) return <ConflictsDialog jobId={id} conflicts={job.result.conflicts} flow={flow} onLeave={toList} />;
        return job.result.needsReview ? <ReviewView jobId={id} outcome={job.result} flow={flow} onLeave={toList} /> : <OutcomeView outcome={job.result} onClose={toList} />;
    }
  };

  return (
    <PageBody>
      <PageHeader title={query.data?.title ?? 'Import'} />
      <QueryView
        query={{ ...query, data: query.isPending ? undefined : { job: query.data } }}
        what="the import"
        errorTitle="The import could not be followed"
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
