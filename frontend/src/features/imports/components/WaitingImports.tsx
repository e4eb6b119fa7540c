import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { describeWaiting } from '../model';
import { jobAddress, useCancelJob, useWaitingJobs } from '../queries';

/** Imports that wait for the person's decision. */
export function WaitingImports() {
  const waiting = useWaitingJobs();
  const cancel = useCancelJob();
  return waiting.map((job) => (
    <Alert
      key={job.id}
      severity="info"
      variant="outlined"
      sx={{ borderColor: 'divider', bgcolor: 'background.paper', color: 'text.primary', fontSize: '0.8125rem', alignItems: 'center', py: 0.25, '& .MuiAlert-icon': { color: 'primary.main' }, '& .MuiAlert-action': { pt: 0, alignItems: 'center' } }}
      action={
        <Box sx={{ display: 'flex', gap: 1 }}>
          <Button aria-label={`Cancel: ${job.title}`} disabled={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            Cancel, import nothing
          </Button>
          {job.result && (
            <Button variant="outlined" component={Link} to={jobAddress(job.id)} aria-label={`Decide: ${job.title}`}>
              Decide
            </Button>
          )}
        </Box>
      }
    >
      {describeWaiting(job)}
    </Alert>
  ));
}
