import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { changeCurrencies, type Cost, costDelta, costOf } from '../../lib/billChange';
import { formatCount } from '../../lib/money';
import type { IngestChange, IngestLinesChange } from '../../lib/wire';
import { Change } from '../Change';
import { Money } from '../Money';

type CostRow = { name: string; currency: string; cost: Cost; before: IngestLinesChange; now: IngestLinesChange };

function rowsOf(change: IngestChange): CostRow[] {
  return changeCurrencies(change).flatMap((currency): CostRow[] => {
    const unit = currency === '' ? '' : `, ${currency}`;
    const whole = { currency, before: change.before, now: change.now };
    const credits = { currency, before: change.creditsBefore, now: change.creditsNow };
    const some = credits.before.lines + credits.now.lines > 0;
    return [
      { ...whole, name: `Billed${unit}`, cost: 'billed' },
      { ...whole, name: `Effective${unit}`, cost: 'effective' },
      ...(some ? [{ ...credits, name: `Credits${unit}`, cost: 'billed' as const }] : []),
    ];
  });
}

/** The bill before and now: lines, costs and credits. */
export function ChangeTotals({ change }: { change: IngestChange }) {
  const { before, now } = change;
  const more = now.lines - before.lines;
  const noCredits = change.creditsBefore.lines + change.creditsNow.lines === 0;
  return (
    <Table size="small" aria-label="Before and now">
      <TableHead>
        <TableRow>
          <TableCell>The bill</TableCell>
          <TableCell align="right">Before</TableCell>
          <TableCell align="right">Now</TableCell>
          <TableCell align="right">Change</TableCell>
          <TableCell align="right">%</TableCell>
        </TableRow>
      </TableHead>
      <TableBody sx={{ '& tr:last-of-type > *': { borderBottom: 0 } }}>
        {rowsOf(change).map((row) => {
          const delta = costDelta(row.before, row.now, row.currency, row.cost);
          return (
            <TableRow key={row.name}>
              <TableCell component="th" scope="row">
                {row.name}
              </TableCell>
              <TableCell align="right">
                <Money amount={costOf(row.before, row.currency, row.cost)} currency={row.currency} />
              </TableCell>
              <TableCell align="right" sx={{ fontWeight: 600 }}>
                <Money amount={costOf(row.now, row.currency, row.cost)} currency={row.currency} />
              </TableCell>
              <TableCell align="right">
                <Change delta={delta} currency={row.currency} />
              </TableCell>
              <TableCell align="right" sx={{ color: 'text.secondary' }}>
                {delta?.percent ?? '–'}
              </TableCell>
            </TableRow>
          );
        })}
        {noCredits && (
          <TableRow>
            <TableCell component="th" scope="row">
              Credits
            </TableCell>
            <TableCell align="right" sx={{ color: 'text.secondary' }}>
              none
            </TableCell>
            <TableCell align="right" sx={{ color: 'text.secondary' }}>
              none
            </TableCell>
            <TableCell />
            <TableCell />
          </TableRow>
        )}
        <TableRow>
          <TableCell component="th" scope="row">
            Lines
          </TableCell>
          <TableCell align="right">{formatCount(before.lines)}</TableCell>
          <TableCell align="right" sx={{ fontWeight: 600 }}>
            {formatCount(now.lines)}
          </TableCell>
          <TableCell align="right">{more > 0 ? `+${formatCount(more)}` : formatCount(more)}</TableCell>
          <TableCell />
        </TableRow>
      </TableBody>
    </Table>
  );
}
