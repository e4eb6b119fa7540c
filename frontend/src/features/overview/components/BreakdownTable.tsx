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
import { formatComparison } from '../../../lib/period';
import type { Spend, SpendSeries } from '../../../lib/wire';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { idOf } from '../model';
import type { Breakdown } from '../queries';
import { BreakdownLine } from './BreakdownLine';
import { BreakdownRowView } from './BreakdownRowView';

/** The share whose bar fills the column: that of the largest row, or of the rest. */
function largest({ rows, rest }: Spend): string {
  const first = rows[0]?.share ?? '';
  return rest && rest.share !== '' && (first === '' || compare(rest.share, first) > 0) ? rest.share : first;
}

/** The period of a column head: kept on one line where it is short. */
function shortRange(from: string, to: string): string {
  const text = formatRange(from, to, { year: false });
  return text.length > 12 ? text : text.replaceAll(' ', '\u00a0');
}

/** "90 days", "13 months": how far the course of each row reaches. */
function courseLabel({ points, grain }: SpendSeries): string {
  return `Trend, ${formatCounted(points.length, grain)}`.replaceAll(' ', '\u00a0');
}

/** Keeps "1–20" in one line: only blanks may break a heading. */
function unbroken(range: string): string {
  return range.replaceAll('–', '\u2060–\u2060');
}

type BreakdownTableProps = { breakdown: Breakdown; view: LedgerView; onMore?: () => void };

/** The largest parts, then what is left, then the whole as the ledger sums it. */
export function BreakdownTable({ breakdown, view, onMore }: BreakdownTableProps) {
  const { dimension, spend } = breakdown;
  const { rows, rest, total, groups, noShare, comparison, series } = spend;
  const compared = comparison !== null && comparison.reason === '';
  const longest = largest(spend);
  const hidden = groups - rows.length;
  const more = `${formatCount(hidden)} more`;
  const versus = comparison ? formatComparison(comparison, view) : '';
  const keys = rows.map(({ key }) => key);
  const common = { noShare, longest, compared, currency: view.currency, spare: dimension.beside ? 2 : 1 };

  return (
    <Table size="small" aria-label={dimension.plural} sx={{ mt: 0.5, minWidth: 820, '& th': { whiteSpace: 'normal', verticalAlign: 'bottom' }, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& td:last-of-type, & th:last-of-type': { pr: 0 }, '& tr:last-of-type td': { borderBottom: 0 } }}>
      <TableHead>
        <TableRow>
          <TableCell>{dimension.label}</TableCell>
          {dimension.beside && <TableCell>{dimension.beside.label}</TableCell>}
          <TableCell title={series ? formatRange(series.from, series.to) : undefined}>{series && courseLabel(series)}</TableCell>
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
        {rows.map((row, at) => (
          <BreakdownRowView key={idOf([row.key])} row={row} dimension={dimension} marks={series?.points.map((point) => point.rows[at] ?? null) ?? []} noShare={noShare} longest={longest} compared={compared} view={view} />
        ))}
        {rest && (
          <BreakdownLine
            {...common}
            name={hidden > 0 ? more : 'No longer there'}
            action={
              onMore && (
                <Button variant="text" onClick={onMore} sx={{ fontSize: '0.75rem', py: 0, color: 'primary.main' }}>
                  Show
                </Button>
              )
            }
            row={rest}
            to={view.linkTo('/charges', [{ column: dimension.column, op: 'not_in', values: keys }])}
          />
        )}
        <BreakdownLine {...common} strong name="Total" row={total} to={view.linkTo('/charges')} />
      </TableBody>
    </Table>
  );
}
