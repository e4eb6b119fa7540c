import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { formatDay } from '../../../lib/days';
import { describeCurrency, formatCount, formatCounted } from '../../../lib/money';
import type { PassportSetDocument } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { ExportQuality } from './ExportQuality';
import { Part } from './Part';

const tight = { '& td, & th': { py: '3.5px', whiteSpace: 'normal', overflowWrap: 'anywhere' }, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& td:last-of-type, & th:last-of-type': { pr: 0 }, '& tr:last-of-type td': { borderBottom: 0 } };

/** The name of a file without its folders. */
function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** Lines that may be counted twice, and lines that could not be read. */
export function DoubtfulLines({ set, name }: { set: PassportSetDocument; name: string }) {
  const { duplicates, rejects } = set;
  return (
    <>
      {duplicates.lines > 0 && (
        <Part title="Duplicate lines" sub={`${formatCounted(duplicates.lines, 'line')} besides the first, ${formatCount(duplicates.acrossFiles)} of them in another file`} actions={<ExportQuality table="duplicates" of="duplicate lines" />}>
          <Box sx={{ fontSize: '0.75rem', color: 'text.secondary' }}>
            {duplicates.amounts.map(({ currency, billed }) => (
              <span key={currency}>
                <Money amount={billed} currency={currency} /> {describeCurrency(currency)} billed.{' '}
              </span>
            ))}
          </Box>
          <Table size="small" aria-label={`Examples of duplicate lines of ${name}`} sx={tight}>
            <TableHead>
              <TableRow>
                <TableCell>Day</TableCell>
                <TableCell>Service</TableCell>
                <TableCell>Resource</TableCell>
                <TableCell>File</TableCell>
                <TableCell align="right">Billed</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {duplicates.examples.map((one) => (
                <TableRow key={one.line}>
                  <TableCell>{formatDay(one.day)}</TableCell>
                  <TableCell>{one.ServiceName ?? 'No service'}</TableCell>
                  <TableCell>{one.ResourceId ?? 'No resource'}</TableCell>
                  <TableCell title={`${one.firstFile} and ${one.file}`}>{one.firstFile === one.file ? baseName(one.file) : `${baseName(one.firstFile)} and ${baseName(one.file)}`}</TableCell>
                  <TableCell align="right">
                    <Money amount={one.billed} currency={one.currency} /> {describeCurrency(one.currency)}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Part>
      )}
      {rejects.lines > 0 && (
        <Part title="Skipped lines" sub={formatCounted(rejects.lines, 'line')} actions={<ExportQuality table="skipped" of="skipped lines" />}>
          <Table size="small" aria-label={`Skipped lines of ${name}`} sx={tight}>
            <TableHead>
              <TableRow>
                <TableCell>Reason</TableCell>
                <TableCell>File</TableCell>
                <TableCell align="right">Lines</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {rejects.reasons.map((one) => (
                <TableRow key={JSON.stringify([one.file, one.reason])}>
                  <TableCell>{one.reason}</TableCell>
                  <TableCell title={one.file}>{baseName(one.file)}</TableCell>
                  <TableCell align="right">{formatCount(one.lines)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Part>
      )}
    </>
  );
}
