import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useNavigate } from 'react-router';

import type { JobInfo } from '../../../lib/wire';
import { useReadOnly } from '../../../bridge/queries';
import { previewAddress } from '../../../parts/useImportFiles';
import { formatInstant } from '../../../lib/days';
import { Pill } from '../../../ui/Pill';
import { againLabel, describeDuration, describeResult, describeState, wantsPreview } from '../model';
import { useRunAgain } from '../../../parts/jobs/useJobActions';

/** A job that has ended, what it came to, and the next step where there is one. */
export function HistoryRow({ job }: { job: JobInfo }) {
  const again = useRunAgain();
  const navigate = useNavigate();
  const readOnly = useReadOnly();
  const { tone, label } = describeState(job);
  return (
    <TableRow hover>
      <TableCell title={job.paths.join('\n')} sx={{ maxWidth: 260, overflow: 'hidden', textOverflow: 'ellipsis' }}>
        <Box component="bdi" sx={{ fontWeight: 570 }}>
          {job.title}
        </Box>
        {job.attempts > 1 && <Box sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>attempt {job.attempts}</Box>}
      </TableCell>
      <TableCell>
        <Pill tone={tone}>{label}</Pill>
      </TableCell>
      <TableCell sx={{ whiteSpace: 'normal', minWidth: 240, overflowWrap: 'anywhere' }}>{describeResult(job)}</TableCell>
      <TableCell>
        {formatInstant(job.startedAt)}
        {job.user !== '' && (
          <Box component="bdi" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.75rem' }}>
            by {job.user}
          </Box>
        )}
      </TableCell>
      <TableCell align="right">{describeDuration(job)}</TableCell>
      <TableCell align="right">
        {job.again && (
          <Button aria-label={`${againLabel(job)}: ${job.title}`} disabled={readOnly || again.isPending} onClick={() => again.mutate(job.id)}>
            {againLabel(job)}
          </Button>
        )}
        {wantsPreview(job) && (
          <Button aria-label={`Preview the files: ${job.title}`} onClick={() => void navigate(previewAddress, { state: { paths: job.paths } })}>
            Preview the files
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}
