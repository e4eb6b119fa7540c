import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { formatCounted } from '../../../lib/money';
import { jobAddress, useForgetFlow, useWaitingJobs } from '../queries';

/** Imports that would replace a bill and wait for the person's decision. */
export function WaitingImports() {
  const waiting = useWaitingJobs();
  const forget = useForgetFlow();
  return waiting.map((job) => (
    <Alert
      key={job.id}
      severity="info"
      variant="outlined"
      sx={{ borderColor: 'divider', bgcolor: 'background.paper', color: 'text.primary', fontSize: '0.8125rem', alignItems: 'center', py: 0.25, '& .MuiAlert-icon': { color: 'primary.main' }, '& .MuiAlert-action': { pt: 0, alignItems: 'center' } }}
      action={
        <Box sx={{ display: 'flex', gap: 1 }}>
          <Button aria-label={`Keep the current bill: ${job.title}`} onClick={() => forget(job.id)}>
            Keep the current bill
          </Button>
          <Button variant="outlined" component={Link} to={jobAddress(job.id)} aria-label={`Show changes: ${job.title}`}>
            Show changes
          </Button>
        </Box>
      }
    >
      {job.title} would replace {formatCounted(job.result?.changes.length ?? 0, 'bill')} of the workspace. Nothing is imported yet.
    </Alert>
  ));
}
