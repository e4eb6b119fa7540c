import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Popover from '@mui/material/Popover';
import { useState } from 'react';
import { Link } from 'react-router';

import { useJobs } from '../../bridge/queries';
import { markOf, runningOf } from '../../parts/jobs/progress';
import { RunningJobs } from '../../parts/jobs/RunningJobs';

/** What is running just now, with its progress, a way to stop it and the way to what ran before. */
export function JobsButton() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const running = runningOf(useJobs().data ?? []);
  if (running.length === 0) return null;

  const { label, moving, done } = markOf(running);
  const waits = running.every(({ state }) => state === 'waiting');
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        variant="outlined"
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        startIcon={waits ? <HelpOutline /> : <CircularProgress aria-hidden size={14} thickness={6} variant={moving ? 'indeterminate' : 'determinate'} value={done * 100} />}
        sx={{ whiteSpace: 'nowrap', flex: 'none', '& .MuiButton-startIcon': { mr: { xs: '-4px', md: 1 } } }}
      >
        {/* On a narrow window the mark alone shows how far they are. */}
        <Box component="span" sx={{ display: { xs: 'none', md: 'inline' } }}>{label}</Box>
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
