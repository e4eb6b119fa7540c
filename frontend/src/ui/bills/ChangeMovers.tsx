import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { changeCurrencies, type Cost, costDelta, moversOf } from '../../lib/billChange';
import { formatCount } from '../../lib/money';
import type { IngestChange } from '../../lib/wire';
import { Money } from '../Money';

const costs: Cost[] = ['billed', 'effective'];

const labels: Record<Cost, string> = { billed: 'Billed', effective: 'Effective' };

/** Why the bill changed: what became of its lines, adding up to the change. */
export function ChangeMovers({ change }: { change: IngestChange }) {
  const columns = changeCurrencies(change).flatMap((currency) => costs.map((cost) => ({ currency, cost })));
  return (
    <Table size="small" aria-label="Lines by kind of change">
      <TableHead>
        <TableRow>
          <TableCell>Why</TableCell>
          <TableCell align="right">Lines</TableCell>
          {columns.map(({ currency, cost }) => (
            <TableCell key={`${currency} ${cost}`} align="right">
              {labels[cost]}
              {currency === '' ? '' : `, ${currency}`}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 } }}>
        {moversOf(change).map((mover) => (
          <TableRow key={mover.name} sx={mover.part ? { '& > *': { color: 'text.secondary' } } : {}}>
            <TableCell component="th" scope="row" title={mover.hint}>
              {mover.part && (
                <Box component="span" sx={{ pl: 1.5 }}>
                  of these{' '}
                </Box>
              )}
              {mover.name}
            </TableCell>
            <TableCell align="right">{formatCount(mover.lines)}</TableCell>
            {columns.map(({ currency, cost }) => {
              const amount = mover.amount(currency, cost);
              return (
                <TableCell key={`${currency} ${cost}`} align="right">
                  {amount === null ? <Box component="span" sx={{ color: 'text.disabled' }}>–</Box> : <Money amount={amount} currency={currency} signed />}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
        <TableRow>
          <TableCell component="th" scope="row" sx={{ fontWeight: 600 }}>
            Change
          </TableCell>
          <TableCell />
          {columns.map(({ currency, cost }) => (
            <TableCell key={`${currency} ${cost}`} align="right" sx={{ fontWeight: 600 }}>
              <Money amount={costDelta(change.before, change.now, currency, cost)?.amount ?? null} currency={currency} signed />
            </TableCell>
          ))}
        </TableRow>
      </TableBody>
    </Table>
  );
}
