import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { describeCurrency, formatCount } from '../../../lib/money';
import type { PassportUnmappedDocument } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { SideScroll } from './SideScroll';

/** Services that hide under Other or name no SKU, highest cost first. */
export function UnmappedTable({ services, name }: { services: PassportUnmappedDocument[]; name: string }) {
  return (
    <SideScroll label={`Unmapped services of ${name}`}>
      <Table size="small" aria-label={`Unmapped services of ${name}`} sx={{ '& td, & th': { py: '3.5px' }, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& td:last-of-type, & th:last-of-type': { pr: 0 }, '& tr:last-of-type td': { borderBottom: 0 } }}>
        <TableHead>
          <TableRow>
            <TableCell>Service and SKU</TableCell>
            <TableCell>Category</TableCell>
            <TableCell>Missing</TableCell>
            <TableCell align="right">Lines</TableCell>
            <TableCell align="right" title="Credits count without their sign">
              Cost
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {services.map((row) => (
            <TableRow key={JSON.stringify([row.ServiceName, row.ServiceCategory, row.SkuId, row.currency])}>
              <TableCell sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
                {row.ServiceName ?? 'No service'}
                {row.SkuId !== null && <Box sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>{row.SkuId}</Box>}
              </TableCell>
              <TableCell sx={{ whiteSpace: 'normal' }}>{row.ServiceCategory ?? 'No category'}</TableCell>
              <TableCell sx={{ whiteSpace: 'normal', color: 'text.secondary' }}>{row.reasons.join(', ')}</TableCell>
              <TableCell align="right">{formatCount(row.lines)}</TableCell>
              <TableCell align="right">
                <Money amount={row.cost} currency={row.currency} /> {describeCurrency(row.currency)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </SideScroll>
  );
}
