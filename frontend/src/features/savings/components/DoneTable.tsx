import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';

import { Money } from '../../../ui/Money';

type DoneTableProps = { currency: string; rows: { id: string; what: string; doneOn: string; amounts: (string | null)[]; outcome: ReactNode }[] };

/** The findings that are done, each with what it cost before and after. */
export function DoneTable({ currency, rows }: DoneTableProps) {
  return (
    <Box sx={{ overflow: 'auto', maxHeight: 320 }} tabIndex={0} role="region" aria-label="Findings that are done">
      <Table size="small" stickyHeader aria-label="Findings that are done">
        <TableHead>
          <TableRow>
            <TableCell sx={{ pl: 0 }}>Finding</TableCell>
            <TableCell>Done on</TableCell>
            {['Promised', 'Before', 'After', 'Saved'].map((name) => (
              <TableCell key={name} align="right">
                {name}
              </TableCell>
            ))}
            <TableCell>Outcome</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ id, what, doneOn, amounts, outcome }) => (
            <TableRow key={id}>
              <TableCell component="th" scope="row" sx={{ pl: 0, overflowWrap: 'anywhere' }}>
                {what}
              </TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{doneOn}</TableCell>
              {amounts.map((amount, at) => (
                <TableCell key={at} align="right" sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
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
