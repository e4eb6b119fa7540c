import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { formatMonth } from '../../../lib/days';
import type { CommitmentMonth } from '../../../lib/wire';
import { formatPart } from '../model';

/** Coverage and savings rate of every provider, newest month first. */
export function MonthsTable({ months }: { months: CommitmentMonth[] }) {
  const rows = [...months].sort((a, b) => b.month.localeCompare(a.month) || a.provider.localeCompare(b.provider));
  return (
    <Box sx={{ maxHeight: 240, overflow: 'auto', mt: 1 }} tabIndex={0} role="region" aria-label="Coverage of every month">
      <Table size="small" stickyHeader aria-label="Coverage by month">
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }}>Month</TableCell>
            <TableCell>Provider</TableCell>
            {['Coverage', 'Effective savings rate', 'List price unknown'].map((name) => (
              <TableCell key={name} align="right">
                {name}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ month, provider, coverage, effectiveSavingsRate, listUnknownShare }) => (
            <TableRow key={`${month} ${provider}`}>
              <TableCell component="th" scope="row" sx={{ pl: 0 }}>
                {formatMonth(month)}
              </TableCell>
              <TableCell>{provider || 'No provider named'}</TableCell>
              {[coverage, effectiveSavingsRate, listUnknownShare].map((share, at) => (
                <TableCell key={at} align="right">
                  {formatPart(share)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
