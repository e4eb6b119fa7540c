import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useNavigate } from 'react-router';

import type { JobInfo } from '../../../lib/wire';
import { useReadOnly } from '../../../bridge/queries';
import { previewAddress } from '../../../parts/useImportFiles';
import { formatInstant } from '../../../lib/days';
import { ErrorActions } from '../../../ui/ErrorActions';
import { Pill } from '../../../ui/Pill';
import { againLabel, describeDuration, describeResult, describeState, wantsPreview } from '../model';
import { useExportAgain, useRunAgain } from '../../../parts/jobs/useJobActions';

/** A job that has ended, what it came to, and the next step where there is one. */
export function HistoryRow({ job }: { job: JobInfo }) {
  const runAgain = useRunAgain();
  const exportAgain = useExportAgain();
  const again = job.kind === 'export' ? exportAgain : runAgain;
  const navigate = useNavigate();
  const readOnly = useReadOnly();
  const { tone, label } = describeState(job);
  return (
    <TableRow hover>
      <TableCell title={job.paths.join('\n')} className="wraps" sx={{ minWidth: 140 }}>
        <Box component="bdi" sx={{ fontWeight: 570 }}>
          {job.title}
        </Box>
        {job.attempts > 1 && <Box sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>attempt {job.attempts}</Box>}
      </TableCell>
      <TableCell>
        <Pill tone={tone}>{label}</Pill>
      </TableCell>
      <TableCell className="wraps" sx={{ minWidth: 130 }}>
        {describeResult(job)}
        {job.error !== null && job.error.ref !== '' && (
          <Box sx={{ display: 'flex', gap: 1, ml: -1 }}>
            <ErrorActions reference={job.error.ref} />
          </Box>
        )}
      </TableCell>
      <TableCell className="folds2">
        {formatInstant(job.startedAt)}
        {job.user !== '' && (
          <Box component="bdi" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.75rem' }}>
            by {job.user}
          </Box>
        )}
      </TableCell>
      <TableCell className="folds1" align="right">{describeDuration(job)}</TableCell>
      <TableCell align="right">
        {job.again && (
          <Button aria-label={`${againLabel(job)}: ${job.title}`} disabled={(readOnly && job.kind !== 'export') || again.isPending} onClick={() => again.mutate(job.id)}>
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
