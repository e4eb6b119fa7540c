import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';

import { formatDuration } from '../../lib/days';
import { formatBytes, formatCount, formatCounted } from '../../lib/money';
import type { JobInfo } from '../../lib/wire';

function progressOf(job: JobInfo): string {
  const parts = [job.unit === 'bytes' ? `${formatBytes(job.done)} of ${formatBytes(job.total)}` : `${formatCount(job.done)} of ${formatCounted(job.total, 'line')}`];
  if (job.unit === 'bytes' && job.lines > 0) parts.push(formatCounted(job.lines, 'line'));
  if (job.linesPerSecond > 0) parts.push(`${formatCount(job.linesPerSecond)} a second`);
  if (job.secondsLeft !== null && job.secondsLeft > 0) parts.push(`${formatDuration(job.secondsLeft)} left`);
  return parts.join(' · ');
}

/** One running job. */
export function JobRow({ job, onCancel }: { job: JobInfo; onCancel: () => void }) {
  return (
    <Box sx={{ py: 1.25 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography noWrap title={job.title} sx={{ fontWeight: 570, flex: 1 }}>
          {job.title}
        </Typography>
        <Button aria-label={`Cancel: ${job.title}`} onClick={onCancel}>
          Cancel
        </Button>
      </Box>
      <LinearProgress aria-label={job.title} variant={job.total > 0 ? 'determinate' : 'indeterminate'} value={job.total > 0 ? Math.min(100, (100 * job.done) / job.total) : 0} sx={{ my: 0.75, borderRadius: 2 }} />
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {job.total > 0 ? progressOf(job) : job.message}
      </Typography>
    </Box>
  );
}
