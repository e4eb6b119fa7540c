import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Popover from '@mui/material/Popover';
import { useState } from 'react';

import { isLive } from '../../bridge/jobs';
import { useJobs } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { formatCounted } from '../../lib/money';
import { useToast } from '../../ui/toast';
import { JobRow } from './JobRow';

/** What is running just now, with its progress and a way to stop it. */
export function JobsButton() {
  const { jobs } = useBridge();
  const toast = useToast();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  // A preview is told on its own page, which cannot be left without ending it.
  const running = (useJobs().data ?? []).filter((job) => isLive(job) && job.kind !== 'preview');
  const [first] = running;
  if (!first) return null;

  const done = running.reduce((sum, job) => sum + (job.total > 0 ? job.done / job.total : 0), 0) / running.length;
  const cancel = (id: string) => {
    jobs.Cancel(id).catch((error: unknown) => toast({ text: error instanceof Error ? error.message : 'The job could not be cancelled.', tone: 'error' }));
  };
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        startIcon={<CircularProgress aria-hidden size={14} thickness={6} variant={done > 0 ? 'determinate' : 'indeterminate'} value={done * 100} />}
        sx={{ whiteSpace: 'nowrap', flex: 'none' }}
      >
        {formatCounted(running.length, 'job')}
      </Button>
      <Popover anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }} slotProps={{ paper: { role: 'dialog', 'aria-label': 'Running jobs', sx: { width: 380, px: 2, py: 0.5 } } }}>
        {running.map((job) => (
          <JobRow key={job.id} job={job} onCancel={() => cancel(job.id)} />
        ))}
      </Popover>
    </>
  );
}
