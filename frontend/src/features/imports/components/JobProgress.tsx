import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';

import { type JobInfo } from '../../../bridge/ports';
import { formatDuration } from '../../../lib/days';
import { formatBytes, formatCount, formatCounted } from '../../../lib/money';
import { useCancelJob } from '../queries';

function tellDone(job: JobInfo): string {
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
    ['Read', known ? tellDone(job) : '–'],
  ];
  return (
    <Box component="section" aria-label="Progress" sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', p: 2.25, maxWidth: 820 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <LinearProgress aria-label={job.title} variant={known ? 'determinate' : 'indeterminate'} value={known ? Math.min(100, (100 * job.done) / job.total) : 0} sx={{ flex: 1, borderRadius: 2, height: 6 }} />
        <Button variant="outlined" disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          Cancel
        </Button>
      </Box>
      <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', gap: 4, m: 0, mt: 1.75 }}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
              {name}
            </Box>
            <Box component="dd" sx={{ m: 0, fontWeight: 600 }}>
              {value}
            </Box>
          </div>
        ))}
      </Box>
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1.5 }}>
        {job.message !== '' && `${job.message}. `}You can go on working; the import continues.
      </Typography>
    </Box>
  );
}
