import CheckIcon from '@mui/icons-material/CheckCircleOutlineRounded';
import FailedIcon from '@mui/icons-material/ErrorOutlineRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { isLive } from '../../../bridge/jobs';
import { useJobs, useReadOnly } from '../../../bridge/queries';
import type { TestStep } from '../../../lib/wire';
import { SignIn } from '../../../parts/jobs/SignIn';
import { useCancelJob } from '../../../parts/jobs/useJobActions';
import { describeSteps } from '../model';
import type { useTestConnection } from '../queries';

type TestDialogProps = {
  name: string;
  test: ReturnType<typeof useTestConnection>;
  onClose: () => void;
  onSync: () => void;
  /** Leads back to the settings, where a step failed. */
  onEdit: () => void;
};

/** What a test of a connection tries, step by step, and then the way to the first sync. */
export function TestDialog({ name, test, onClose, onSync, onEdit }: TestDialogProps) {
  const titleId = useId();
  const jobs = useJobs();
  const cancel = useCancelJob();
  const readOnly = useReadOnly();
  const running = jobs.data?.find((job) => job.kind === 'test' && isLive(job));
  const steps = test.data ?? [];
  const { usable, summary } = describeSteps(steps);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Test {name}</DialogTitle>
      <DialogContent>
        {test.isPending ? (
          <>
            <Typography role="status">Going through what a sync needs. Nothing is changed.</Typography>
            {running?.prompt && <SignIn job={running} prompt={running.prompt} />}
            <LinearProgress aria-label={`Testing ${name}`} sx={{ my: 1.5, borderRadius: 2 }} />
            {running && running.message !== '' && (
              <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                {running.message}
              </Typography>
            )}
          </>
        ) : test.error ? (
          <Typography role="alert" sx={{ color: 'error.main' }}>
            {test.error.message}
          </Typography>
        ) : (
          <>
            {/* The list may be longer than the window: what failed stands above it. */}
            <Typography role="status" sx={{ mb: 0.5, color: usable ? 'text.primary' : 'error.main' }}>{summary}</Typography>
            <Steps steps={steps} />
          </>
        )}
      </DialogContent>
      <DialogActions>
        {test.isPending ? (
          <Button variant="outlined" disabled={!running} onClick={() => running && cancel.mutate(running.id)}>
            Cancel test
          </Button>
        ) : (
          <>
            <Button variant="text" sx={{ mr: 'auto' }} onClick={() => test.mutate(name)}>
              Test again
            </Button>
            <Button variant="outlined" onClick={onClose}>
              Close
            </Button>
            {steps.some(({ ok }) => !ok) && (
              <Button variant={usable ? 'outlined' : 'contained'} disabled={readOnly} onClick={onEdit}>
                Edit connection
              </Button>
            )}
            {usable && (
              <Button variant="contained" disabled={readOnly} onClick={onSync}>
                Sync now
              </Button>
            )}
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Steps({ steps }: { steps: TestStep[] }) {
  return (
    <Box component="ol" aria-label="Steps" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {steps.map(({ name, ok, detail }) => (
        <Box component="li" key={name} sx={{ display: 'flex', gap: 1.25, py: 1, '& + &': { borderTop: 1, borderColor: 'tone.line2' } }}>
          {ok ? <CheckIcon titleAccess="Done" sx={{ fontSize: 18, color: 'tone.cool' }} /> : <FailedIcon titleAccess="Failed" sx={{ fontSize: 18, color: 'error.main' }} />}
          <Box sx={{ minWidth: 0 }}>
            <Typography sx={{ fontWeight: 570 }}>{name}</Typography>
            <Typography sx={{ color: ok ? 'text.secondary' : 'error.main', overflowWrap: 'anywhere' }}>{detail}</Typography>
          </Box>
        </Box>
      ))}
    </Box>
  );
}
