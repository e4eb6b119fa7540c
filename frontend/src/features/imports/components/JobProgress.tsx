import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';

import { formatDuration } from '../../../lib/days';
import { formatBytes, formatCount, formatCounted } from '../../../lib/money';
import type { JobInfo } from '../../../lib/wire';
import { useCancelJob } from '../queries';
import { JobFacts } from './JobFacts';

function describeDone(job: JobInfo): string {
  return job.unit === 'bytes' ? `${formatBytes(job.done)} of ${formatBytes(job.total)}` : `${formatCount(job.done)} of ${formatCounted(job.total, 'line')}`;
}

/** How far an import is, how fast it goes and how long it will take. */
export function JobProgress({ job }: { job: JobInfo }) {
  const cancel = useCancelJob();
  const known = job.total > 0;
  const facts: [string, string][] = [
    ['Lines read', formatCount(job.lines)],
    ['Speed', job.linesPerSecond > 0 ? `${formatCount(job.linesPerSecond)} lines a second` : '–'],
    ['Time left', job.secondsLeft === null ? 'not known yet' : formatDuration(job.secondsLeft)],
    ['Read', known ? describeDone(job) : '–'],
  ];
  return (
    <Box component="section" aria-label="Progress" sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', p: 2.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <LinearProgress aria-label={job.title} variant={known ? 'determinate' : 'indeterminate'} value={known ? Math.min(100, (100 * job.done) / job.total) : 0} sx={{ flex: 1, borderRadius: 2, height: 6 }} />
        <Button variant="outlined" disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          Cancel
        </Button>
      </Box>
      <JobFacts facts={facts} />
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1.5 }}>
        {job.message !== '' && `${job.message}. `}You can go on working; the import continues.
      </Typography>
    </Box>
  );
}
