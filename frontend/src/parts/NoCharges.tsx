import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { isLive } from '../bridge/jobs';
import { useJobs } from '../bridge/queries';
import { EmptyState } from '../ui/EmptyState';
import { ImportButton } from './ImportButton';
import { describeProgress } from './jobs/progress';

/** A page of a workspace without charges: the ways to the first ones, or how far they are. */
export function NoCharges() {
  const jobs = useJobs();
  const sync = jobs.data?.find((job) => job.kind === 'sync' && isLive(job));
  if (!sync) return <EmptyState title="No charges yet" text="Import the billing files of the client, drop them anywhere on this window, or connect AWS, Azure or Google Cloud to fetch them." action={<ImportButton />} />;
  return (
    <EmptyState
      title="The first bills are being fetched"
      text={
        <>
          {describeProgress(sync)}
          <br />
          Figures appear here once the newest month is imported.
        </>
      }
      action={
        <Button variant="outlined" component={Link} to="/sources">
          Go to Sources
        </Button>
      }
    />
  );
}
