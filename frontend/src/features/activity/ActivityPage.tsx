import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { Link } from 'react-router';

import { isLive } from '../../bridge/jobs';
import type { JobInfo } from '../../lib/wire';
import { useJobs, useReadOnly } from '../../bridge/queries';
import { EmptyState } from '../../ui/EmptyState';
import { PageBody } from '../../ui/PageBody';
import { PageHeader } from '../../ui/PageHeader';
import { QueryView } from '../../ui/QueryView';
import { ExportList } from '../../parts/ExportList';
import { runningOf } from '../../parts/jobs/progress';
import { RunningJobs } from '../../parts/jobs/RunningJobs';
import { useClearHistory } from '../../parts/jobs/useJobActions';
import { HistoryTable } from './components/HistoryTable';

/** What runs, and what ran: `/activity`. */
export function ActivityPage() {
  const jobs = useJobs();
  const clear = useClearHistory();
  const readOnly = useReadOnly();
  const history = (list: JobInfo[]) => list.filter((job) => job.kept && !isLive(job)).reverse();
  return (
    <PageBody>
      <PageHeader title="Activity" sub="Imports, exports and verifications of this workspace">
        {jobs.data && history(jobs.data).length > 0 && (
          <Box sx={{ display: 'flex', gap: 1 }}>
            <ExportList list="jobs" />
            <Button disabled={readOnly || clear.isPending} onClick={() => clear.mutate()}>
              Clear history
            </Button>
          </Box>
        )}
      </PageHeader>
      <QueryView
        query={jobs}
        what="the jobs"
        errorTitle="The jobs could not be listed"
        skeleton={<Skeleton variant="rounded" height={220} />}
        isEmpty={(list) => runningOf(list).length === 0 && history(list).length === 0}
        empty={
          <EmptyState
            title="Nothing has run yet"
            text="Imports, exports and verifications are listed here while they run and after they have ended."
            action={
              <Button variant="contained" component={Link} to="/imports">
                Go to imports
              </Button>
            }
          />
        }
      >
        {(list) => (
          <>
            {runningOf(list).length > 0 && (
              <Box sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', px: 2.25, py: 0.25, flex: 'none' }}>
                <RunningJobs jobs={runningOf(list)} />
              </Box>
            )}
            {history(list).length > 0 && <HistoryTable jobs={history(list)} />}
          </>
        )}
      </QueryView>
    </PageBody>
  );
}
