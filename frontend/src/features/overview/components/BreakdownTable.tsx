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
import type { RowOrder } from '../order';
import { tableLayout } from '../tableLayout';
import { BreakdownLine } from './BreakdownLine';
import { BreakdownRowView } from './BreakdownRowView';
import { SortHead } from './SortHead';

/** The share whose bar fills the column: the largest of the rows and the rest. */
function largest({ rows, rest }: Spend): string {
  const shares = [...rows.map(({ share }) => share), rest?.share ?? ''].filter((share) => share !== '');
  return shares.reduce((most, share) => (most === '' || compare(share, most) > 0 ? share : most), '');
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

type BreakdownTableProps = { breakdown: Breakdown; view: LedgerView; order: RowOrder; onOrder: (order: RowOrder) => void; onMore?: () => void };

/** The first parts of the order, then what is left, then the whole as the ledger sums it. */
export function BreakdownTable({ breakdown, view, order, onOrder, onMore }: BreakdownTableProps) {
  const { dimension, spend } = breakdown;
  const { rows, rest, total, groups, noShare, comparison, series } = spend;
  const compared = comparison !== null && comparison.reason === '';
  const longest = largest(spend);
  // Rows without lines are of the other period alone.
  const hidden = groups - rows.filter(({ lines }) => lines > 0).length;
  const more = `${formatCount(hidden)} more`;
  const versus = comparison ? formatComparison(comparison, view) : '';
  const keys = rows.map(({ key }) => key);
  const common = { noShare, longest, compared, currency: view.currency, beside: dimension.beside !== undefined };
  const head = { order, onOrder };

  return (
    <Table size="small" aria-label={dimension.plural} sx={tableLayout}>
      <TableHead>
        <TableRow>
          <SortHead {...head} sort="name" className="name">
            {dimension.label}
          </SortHead>
          {dimension.beside && <TableCell className="beside">{dimension.beside.label}</TableCell>}
          <TableCell className="trend" title={series ? formatRange(series.from, series.to) : undefined}>
            {series && courseLabel(series)}
          </TableCell>
          <SortHead {...head} sort="share" className="share" align="right">
            Share
          </SortHead>
          <TableCell aria-hidden className="bar" />
          {compared && (
            <SortHead {...head} sort="before" className="before" align="right">
              {unbroken(versus)}
            </SortHead>
          )}
          <SortHead {...head} sort="amount" className="amount" align="right">
            {unbroken(shortRange(view.from, view.to))}
            {view.currency ? `,\u00a0${view.currency}` : ''}
          </SortHead>
          {compared && (
            <SortHead {...head} sort="change" align="right">
              Change
            </SortHead>
          )}
          {compared && (
            <SortHead {...head} sort="part" className="percent" align="right">
              %
            </SortHead>
          )}
          <TableCell className="lines" aria-label="Charge lines" />
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
