import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';

import { Money } from '../../../ui/Money';

type DoneTableProps = { currency: string; rows: { id: string; what: string; resource: string; doneOn: string; amounts: (string | null)[]; outcome: ReactNode }[] };

/** What it cost before and after is shown where there is room; the exported table always has both. */
const roomy = (at: number) => (at === 1 || at === 2 ? { display: { xs: 'none', md: 'table-cell' } } : {});

/** The findings that are done, each with what it cost before and after. */
export function DoneTable({ currency, rows }: DoneTableProps) {
  return (
    <Box sx={{ overflow: 'auto', maxHeight: 320 }} tabIndex={0} role="region" aria-label="Findings that are done">
      <Table size="small" stickyHeader aria-label="Findings that are done">
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }}>Finding</TableCell>
            {['Promised', 'Before', 'After', 'Saved'].map((name, at) => (
              <TableCell key={name} align="right" sx={roomy(at)}>
                {name}
              </TableCell>
            ))}
            <TableCell>Outcome</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ id, what, resource, doneOn, amounts, outcome }) => (
            <TableRow key={id}>
              <TableCell component="th" scope="row" title={resource || undefined} sx={{ pl: 0, whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
                {what}
                <Box component="span" sx={{ color: 'text.secondary' }}>
                  {' '}
                  done on {doneOn}
                </Box>
              </TableCell>
              {amounts.map((amount, at) => (
                <TableCell key={at} align="right" sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', ...roomy(at) }}>
                  {amount === null ? '–' : <Money amount={amount} currency={currency} />}
                </TableCell>
              ))}
              <TableCell>{outcome}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
