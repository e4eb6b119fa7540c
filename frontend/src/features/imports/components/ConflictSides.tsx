import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { describeProvider } from '../../../lib/bill';
import { formatMonth, formatRange } from '../../../lib/days';
import { fileName } from '../../../lib/fileName';
import { describeCurrency, formatCount, formatCounted } from '../../../lib/money';
import type { IngestMoney, ImportOutcome } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { AccountLabel } from '../../../ui/AccountLabel';
import { Money } from '../../../ui/Money';
import { type Choice, choicesOf, type Question, sideName, describeReason } from '../model';
import { ChoiceSelect } from './ChoiceSelect';

type Conflict = ImportOutcome['conflicts'][number];

/** So many bills of one pair of files are shown before the others are asked for. */
const BILLS_AT_ONCE = 3;

type ConflictSidesProps = {
  question: Question;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
  /** What the file is called here, where it stands for several. */
  name?: string;
};

/** Two files that have the same bills: lines, days and amounts of each, and what is to be used. */
export function ConflictSides({ question, choice, onChoose, name = sideName(question, 'file') }: ConflictSidesProps) {
  const [all, setAll] = useState(false);
  const { bills, file } = question;
  const shown = all ? bills : bills.slice(0, BILLS_AT_ONCE);
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'start', flexWrap: 'wrap', columnGap: 2, rowGap: 1, mb: 0.75 }}>
        <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
          <Typography sx={{ fontWeight: 570, overflowWrap: 'anywhere' }} title={file}>
            <bdi>{name}</bdi>
          </Typography>
          <Typography sx={{ color: 'text.secondary' }}>{[...new Set(bills.map(({ reason }) => describeReason(reason)))].join(' ')}</Typography>
        </Box>
        <ChoiceSelect label={`What to use for ${fileName(file)}`} choices={choicesOf(question)} value={choice} onChoose={onChoose} question={question} />
      </Box>
      <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={`What overlaps with ${fileName(file)}`}>
        <Table size="small" aria-label={`What overlaps with ${fileName(file)}`} sx={{ tableLayout: { md: 'fixed' }, '& td, & th': { verticalAlign: 'top' } }}>
          <TableHead>
            <TableRow>
              <TableCell>File</TableCell>
              <TableCell align="right" sx={{ width: { md: 150 } }}>Billed</TableCell>
              <TableCell align="right" sx={{ width: { md: 150 } }}>Effective</TableCell>
              <TableCell align="right" sx={{ width: { md: 84 } }}>Lines</TableCell>
              <TableCell align="right" sx={{ width: { md: 190 } }}>Charge days</TableCell>
            </TableRow>
          </TableHead>
          {shown.map((bill) => (
            <BillRows key={`${bill.provider} ${bill.billingAccount} ${bill.month}`} bill={bill} question={question} name={name} />
          ))}
        </Table>
      </Box>
      {bills.length > BILLS_AT_ONCE && (
        <Button aria-expanded={all} onClick={() => setAll(!all)} sx={{ mt: 0.5 }}>
          {all ? 'Show fewer' : `Show ${formatCounted(bills.length - BILLS_AT_ONCE, 'more bill')}`}
        </Button>
      )}
    </>
  );
}

function BillRows({ bill, question, name }: { bill: Conflict; question: Question; name: string }) {
  const nameOf = useBillingAccountNames();
  return (
    <TableBody sx={{ '& tr:not(:last-of-type) > *': { borderBottom: 0 } }}>
      <TableRow>
        <TableCell component="th" scope="rowgroup" colSpan={5} sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere', color: 'text.secondary', fontWeight: 400 }}>
          <bdi>{describeProvider(bill.provider)}</bdi>, {formatMonth(bill.month)} · {bill.billingAccount === '' ? 'No account' : <AccountLabel account={bill.billingAccount} name={nameOf(bill.billingAccount)} />}
        </TableCell>
      </TableRow>
      {(['file', 'existingFile'] as const).map((which) => {
        const { lines, firstDay, lastDay, costs } = which === 'file' ? bill.new : bill.existing;
        return (
          <TableRow key={which}>
            <TableCell sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere', minWidth: 120 }} title={bill[which]}>
              <bdi>{which === 'file' ? name : sideName(question, which)}</bdi>
            </TableCell>
            <CostCells costs={costs} />
            <TableCell align="right">{formatCount(lines)}</TableCell>
            <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>{firstDay === '' ? '–' : formatRange(firstDay, lastDay)}</TableCell>
          </TableRow>
        );
      })}
      <TableRow sx={{ '& > td': { fontWeight: 600 } }}>
        <TableCell>Difference</TableCell>
        <CostCells costs={bill.difference} signed />
        <TableCell align="right">{(bill.new.lines > bill.existing.lines ? '+' : '') + formatCount(bill.new.lines - bill.existing.lines)}</TableCell>
        <TableCell />
      </TableRow>
    </TableBody>
  );
}

/** Billed and effective cost, a currency below the other, each with its code. */
function CostCells({ costs, signed = false }: { costs: IngestMoney[]; signed?: boolean }) {
  return (['billed', 'effective'] as const).map((cost) => (
    <TableCell key={cost} align="right" sx={{ whiteSpace: 'nowrap' }}>
      {costs.map((one) => (
        <div key={one.currency}>
          <Money amount={one[cost]} currency={one.currency} signed={signed} /> {describeCurrency(one.currency)}
        </div>
      ))}
    </TableCell>
  ));
}
