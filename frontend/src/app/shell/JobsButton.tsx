import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Popover from '@mui/material/Popover';
import { useState } from 'react';
import { Link } from 'react-router';

import { useJobs } from '../../bridge/queries';
import { formatCounted } from '../../lib/money';
import { runningOf } from '../../parts/jobs/progress';
import { RunningJobs } from '../../parts/jobs/RunningJobs';

/** What is running just now, with its progress, a way to stop it and the way to what ran before. */
export function JobsButton() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const running = runningOf(useJobs().data ?? []);
  if (running.length === 0) return null;

  const done = running.reduce((sum, job) => sum + (job.total > 0 ? job.done / job.total : 0), 0) / running.length;
  const close = () => setAnchor(null);
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
      <Popover anchorEl={anchor} open={anchor !== null} onClose={close} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }} slotProps={{ paper: { role: 'dialog', 'aria-label': 'Jobs', sx: { width: 400, px: 2, py: 0.5 } } }}>
        <RunningJobs jobs={running} />
        <Box sx={{ borderTop: 1, borderColor: 'tone.line2', py: 0.75, mx: -1 }}>
          <Button component={Link} to="/activity" onClick={close}>
            All activity
          </Button>
        </Box>
      </Popover>
    </>
  );
}
