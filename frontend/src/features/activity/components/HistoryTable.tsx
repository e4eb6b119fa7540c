import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import type { JobInfo } from '../../../lib/wire';
import { foldingTable } from '../../../ui/foldingTable';
import { HistoryRow } from './HistoryRow';

/** The jobs that have ended, the newest first. */
export function HistoryTable({ jobs }: { jobs: JobInfo[] }) {
  return (
    <Box sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflowX: 'auto', flex: 'none', containerType: 'inline-size' }} tabIndex={0} role="region" aria-label="History">
      <Table size="small" aria-label="History" sx={foldingTable}>
        <TableHead>
          <TableRow>
            <TableCell>Job</TableCell>
            <TableCell>State</TableCell>
            <TableCell>Result</TableCell>
            <TableCell className="folds2">Started</TableCell>
            <TableCell className="folds1" align="right">Duration</TableCell>
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {jobs.map((job) => (
            <HistoryRow key={job.id} job={job} />
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
