import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Skeleton from '@mui/material/Skeleton';
import { keyframes } from '@mui/material/styles';
import Typography from '@mui/material/Typography';

import { formatDuration } from '../../../lib/days';
import { formatBytes, formatCount, formatCounted } from '../../../lib/money';
import { useCancelJob, useJob } from '../queries';
import { useElapsed } from '../useElapsed';
import { JobFacts } from './JobFacts';

/** Reading one small file ends before this; a card that only flashes up would disturb. */
const appear = keyframes({ from: { opacity: 0 } });

/** How far the look at the files is, in the place where they will stand. */
export function PreviewProgress({ jobId }: { jobId: string }) {
  const { data: job } = useJob(jobId);
  const cancel = useCancelJob();
  const seconds = useElapsed();
  const known = job !== null && job.total > 0;
  return (
    <>
      <Box component="section" role="status" aria-label="Reading the files" sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', p: 2.25, animation: `${appear} 150ms 300ms backwards`, flex: 'none' }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <LinearProgress aria-label={job?.title ?? 'Reading the files'} variant={known ? 'determinate' : 'indeterminate'} value={known ? Math.min(100, (100 * job.done) / job.total) : 0} sx={{ flex: 1, borderRadius: 2, height: 6 }} />
          <Button variant="outlined" disabled={job === null || cancel.isPending} onClick={() => cancel.mutate(jobId)}>
            Cancel
          </Button>
        </Box>
        <JobFacts
          facts={[
            job?.unit === 'bytes' ? ['Read', known ? `${formatBytes(job.done)} of ${formatBytes(job.total)}` : '–'] : ['Files read', known ? `${formatCount(job.done)} of ${formatCounted(job.total, 'file')}` : '–'],
            ['Lines read', formatCount(job?.lines ?? 0)],
            ['Time', formatDuration(seconds)],
          ]}
        />
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary', mt: 1.5 }}>
          <bdi>{job?.message || 'Looking for files'}</bdi>
        </Typography>
      </Box>
      <Skeleton variant="rounded" height={320} sx={{ flex: 'none' }} />
    </>
  );
}
