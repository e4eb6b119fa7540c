import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

import { subtract, toMark } from '../../../lib/decimal';
import { formatCount } from '../../../lib/money';
import type { ReconcileBridgeDocument } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { stepsInside, stepsOutside, waterfall } from '../model';
import { BesideRows } from './BesideRows';
import { BridgeRow } from './BridgeRow';
import { SectionRow } from './SectionRow';
import { TotalRow } from './TotalRow';

function noteOf({ printed, inLedger }: { printed: string | null; inLedger: string | null }, kind: string) {
  return printed !== null && inLedger !== null && kind !== 'other' ? { printed, inLedger } : undefined;
}

function negated(amount: string): string {
  return subtract('0', amount);
}

/** The bridge from the charge lines to the invoice: a table whose last column is the waterfall. */
export function BridgeCard({ bridge }: { bridge: ReconcileBridgeDocument }) {
  const { currency, differences } = bridge;
  const inside = stepsInside(bridge);
  const outside = stepsOutside(bridge);
  // The last bar comes down from the sum to zero: it is the sum's own.
  const steps = waterfall(0, [...inside.map(({ amount }) => amount ?? '0'), negated(bridge.ledger ?? '0')], true);
  const leads = waterfall(toMark(bridge.ledger), differences.map(({ amount }) => amount), false);
  return (
    <Card title="From the charges to the invoice" sub={currency || 'unknown currency'}>
      <Table size="small" aria-label="Steps from the ledger to the invoice" sx={{ mt: 0.5, tableLayout: 'fixed' }}>
        <TableHead>
          <TableRow>
            <TableCell>Step</TableCell>
            <TableCell align="right" sx={{ width: 84 }}>
              Lines
            </TableCell>
            <TableCell align="right" sx={{ width: 128 }}>
              Amount
            </TableCell>
            <TableCell sx={{ width: '26%' }}>Waterfall</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {inside.map((step, at) => (
            <BridgeRow key={step.kind} title={step.title} lines={step.lines} amount={step.amount} currency={currency} part={step} span={steps[at]} />
          ))}
          <TotalRow title="Ledger, billed cost" lines={formatCount(bridge.lines)} amount={bridge.ledger} currency={currency} span={steps.at(-1)} />
          {differences.length > 0 && <SectionRow>Differences; these bars have their own scale</SectionRow>}
          {differences.map((difference, at) => (
            <BridgeRow
              key={difference.kind}
              title={difference.title}
              amount={difference.amount}
              currency={currency}
              compared={noteOf(difference, difference.kind)}
              span={leads[at]}
              tone={difference.kind === 'rest' ? 'rest' : 'difference'}
            />
          ))}
          {bridge.figure && <TotalRow title="Invoice" lines="" amount={bridge.figure.total} currency={currency} />}
          {outside.length > 0 && <SectionRow>Of the same bill, not included</SectionRow>}
          {outside.map((step) => (
            <BridgeRow key={step.kind} title={step.title} lines={step.lines} amount={step.amount} currency={currency} part={step} />
          ))}
          <BesideRows beside={bridge.beside} invoiceKey={bridge} />
        </TableBody>
      </Table>
    </Card>
  );
}
