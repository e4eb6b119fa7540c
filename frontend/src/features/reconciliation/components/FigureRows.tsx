import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { formatMonth } from '../../../lib/days';
import type { FigureRow, ReconcileInvoiceDocument } from '../../../lib/wire';
import { foldingTable } from '../../../ui/foldingTable';
import { Money } from '../../../ui/Money';
import { Pill, type PillTone } from '../../../ui/Pill';
import { hasCharges } from '../entry';

const states: Record<FigureRow['state'], { label: string; tone: PillTone }> = {
  new: { label: 'New', tone: 'good' },
  replaces: { label: 'Replaces', tone: 'plain' },
  unchanged: { label: 'Unchanged', tone: 'plain' },
  refused: { label: 'Refused', tone: 'bad' },
};

type FigureRowsProps = {
  rows: FigureRow[];
  /** Those of the workspace; not known at first. */
  invoices: ReconcileInvoiceDocument[] | undefined;
};

/** The lines of a file of invoice amounts, those that cannot be saved first. */
export function FigureRows({ rows, invoices }: FigureRowsProps) {
  const ordered = [...rows.filter(({ state }) => state === 'refused'), ...rows.filter(({ state }) => state !== 'refused')];
  return (
    <Box sx={{ overflow: 'auto', maxHeight: 420, containerType: 'inline-size' }} tabIndex={0} role="region" aria-label="Lines of the file">
      <Table size="small" stickyHeader aria-label="Invoice amounts of the file" sx={foldingTable}>
        <TableHead>
          <TableRow>
            <TableCell align="right" className="folds2">Line</TableCell>
            <TableCell>Month</TableCell>
            <TableCell>Provider</TableCell>
            <TableCell className="folds3">Billing account</TableCell>
            <TableCell>Invoice</TableCell>
            <TableCell align="right">In the file</TableCell>
            <TableCell>Result</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {ordered.map(({ line, provider, billingAccount, month, invoiceId, currency, total, totalBefore, state, problem, input }) => (
            <TableRow key={line} sx={{ '& > *': { verticalAlign: 'top' } }}>
              <TableCell align="right" className="folds2">{line}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{month === '' ? '' : formatMonth(month)}</TableCell>
              <TableCell className="wraps" sx={{ minWidth: 76 }}>{provider}</TableCell>
              <TableCell className="folds3 wraps">{billingAccount}</TableCell>
              <TableCell className="wraps">{invoiceId}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {state === 'refused' ? [total, currency].filter((part) => part !== '').join(' · ') : <><Money amount={total} currency={currency} /> {currency}</>}
              </TableCell>
              <TableCell sx={{ minWidth: 140 }} className="wraps">
                <Pill tone={states[state].tone}>{states[state].label}</Pill> {state === 'replaces' && <Money amount={totalBefore} currency={currency} />} {problem} {state !== 'refused' && invoices && !hasCharges(invoices, input.key) && 'The workspace has no charges of this invoice.'}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
