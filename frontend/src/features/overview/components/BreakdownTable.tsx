import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { compare } from '../../../lib/decimal';
import { formatRange } from '../../../lib/days';
import { formatCount, formatCounted } from '../../../lib/money';
import { deltaOf } from '../../../lib/percent';
import { formatComparison } from '../../../lib/period';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { amountOf, idOf } from '../model';
import type { Breakdown } from '../queries';
import { BreakdownLine } from './BreakdownLine';
import { BreakdownRowView } from './BreakdownRowView';

/** The amount whose bar fills the column. */
function largest(amounts: (string | null)[]): string | null {
  return amounts.reduce((most, amount) => (amount !== null && (most === null || compare(amount, most) > 0) ? amount : most), null);
}

/** The period of a column head: kept on one line where it is short. */
function shortRange(from: string, to: string): string {
  const text = formatRange(from, to, { year: false });
  return text.length > 12 ? text : text.replaceAll(' ', '\u00a0');
}

/** "90 days", "13 months": how far the course of each row reaches. */
function courseLabel({ times, grain }: Breakdown): string {
  return `Trend, ${formatCounted(times.length, grain)}`.replaceAll(' ', '\u00a0');
}

/** Keeps "1–20" in one line: only blanks may break a heading. */
function unbroken(range: string): string {
  return range.replaceAll('–', '\u2060–\u2060');
}

type BreakdownTableProps = { breakdown: Breakdown; view: LedgerView; onMore?: () => void };

/** The largest parts, then what is left, then the whole as the ledger sums it. */
export function BreakdownTable({ breakdown, view, onMore }: BreakdownTableProps) {
  const { dimension, rows, groups, keys, total, previousTotal, rest, previousRest, compared, window } = breakdown;
  const whole = amountOf(total);
  const longest = largest([...rows.map((row) => row.current), amountOf(rest)]);
  const hidden = groups - rows.length;
  const more = `${formatCount(hidden)} more`;
  const versus = compared ? formatComparison({ from: view.compareFrom, to: view.compareTo }, view) : '';
  // A part without a line in a period is nothing there, not unknown.
  const before = (row: typeof total) => (compared ? (row ? amountOf(row) : '0') : null);
  const now = (row: typeof total) => (row ? amountOf(row) : '0');

  return (
    <Table size="small" aria-label={dimension.plural} sx={{ mt: 0.5, minWidth: 820, '& th': { whiteSpace: 'normal', verticalAlign: 'bottom' }, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& td:last-of-type, & th:last-of-type': { pr: 0 }, '& tr:last-of-type td': { borderBottom: 0 } }}>
      <TableHead>
        <TableRow>
          <TableCell>{dimension.label}</TableCell>
          {dimension.beside && <TableCell>{dimension.beside.label}</TableCell>}
          <TableCell title={formatRange(window.from, window.to)}>{courseLabel(breakdown)}</TableCell>
          <TableCell align="right">Share</TableCell>
          <TableCell aria-hidden />
          {compared && <TableCell align="right">{unbroken(versus)}</TableCell>}
          <TableCell align="right">
            {unbroken(shortRange(view.from, view.to))}
            {view.currency ? `,\u00a0${view.currency}` : ''}
          </TableCell>
          {compared && <TableCell align="right">Change</TableCell>}
          {compared && <TableCell align="right">%</TableCell>}
          <TableCell sx={{ width: 32 }}>
            <Box component="span" sx={{ position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' }}>
              Charge lines
            </Box>
          </TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <BreakdownRowView key={idOf([row.key])} row={row} dimension={dimension} whole={whole} longest={longest} compared={compared} view={view} />
        ))}
        {(hidden > 0 || previousRest) && (
          <BreakdownLine
            name={hidden > 0 ? more : 'No longer there'}
            action={
              onMore && (
                <Button variant="text" onClick={onMore} sx={{ fontSize: '0.75rem', py: 0, color: 'primary.main' }}>
                  Show
                </Button>
              )
            }
            spare={dimension.beside ? 2 : 1}
            current={now(rest)}
            previous={before(previousRest)}
            delta={compared ? deltaOf(now(rest), before(previousRest)) : null}
            whole={whole}
            longest={longest}
            compared={compared}
            currency={view.currency}
            to={view.linkTo('/charges', [{ column: dimension.column, op: 'not_in', values: keys }])}
          />
        )}
        <BreakdownLine
          strong
          name="Total"
          spare={dimension.beside ? 2 : 1}
          current={whole}
          previous={before(previousTotal)}
          delta={compared ? deltaOf(whole, before(previousTotal)) : null}
          whole={whole}
          longest={longest}
          compared={compared}
          currency={view.currency}
          to={view.linkTo('/charges')}
        />
      </TableBody>
    </Table>
  );
}
