import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';

import type { JobInfo } from '../../lib/wire';
import { describeProgress } from './progress';
import { SignIn } from './SignIn';
import { useCancelJob, usePauseJob, useResumeJob } from './useJobActions';

/** The jobs that some process runs, with their progress and what can be done about them. */
export function RunningJobs({ jobs }: { jobs: JobInfo[] }) {
  return (
    <Box component="ul" aria-label="Running jobs" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {jobs.map((job) => (
        <RunningJob key={job.id} job={job} />
      ))}
    </Box>
  );
}

function RunningJob({ job }: { job: JobInfo }) {
  const cancel = useCancelJob();
  const pause = usePauseJob();
  const resume = useResumeJob();
  const paused = job.state === 'paused';
  const waiting = job.state === 'waiting';
  const known = job.total > 0;
  return (
    <Box component="li" sx={{ py: 1.25, borderTop: 1, borderColor: 'tone.line2', '&:first-of-type': { borderTop: 0 } }}>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
        <Typography sx={{ fontWeight: 570, flex: 1, minWidth: 0, py: '4px', overflowWrap: 'anywhere' }}>
          {job.title}
        </Typography>
        {waiting && job.result && (
          <Button component={Link} to={`/imports?job=${encodeURIComponent(job.id)}`} aria-label={`Decide: ${job.title}`}>
            Decide
          </Button>
        )}
        {job.pauses &&
          !waiting &&
          (paused ? (
            <Button aria-label={`Resume: ${job.title}`} disabled={resume.isPending} onClick={() => resume.mutate(job.id)}>
              Resume
            </Button>
          ) : (
            <Button aria-label={`Pause: ${job.title}`} disabled={pause.isPending} onClick={() => pause.mutate(job.id)}>
              Pause
            </Button>
          ))}
        <Button aria-label={`Cancel: ${job.title}`} disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
          Cancel
        </Button>
      </Box>
      {waiting && job.prompt && <SignIn job={job} prompt={job.prompt} />}
      <LinearProgress aria-label={job.title} variant={known || paused || waiting ? 'determinate' : 'indeterminate'} value={known ? Math.min(100, (100 * job.done) / job.total) : 0} sx={{ my: 0.75, borderRadius: 2 }} />
      <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {paused ? 'Paused · ' : ''}
        {describeProgress(job)}
      </Typography>
    </Box>
  );
}
