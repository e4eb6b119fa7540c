import MuiLink from '@mui/material/Link';
import Box from '@mui/material/Box';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { Link } from 'react-router';

import { sign } from '../../../lib/decimal';
import { formatCount } from '../../../lib/money';
import type { Condition } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { digitsFor, linesAddress, type Span } from '../model';
import { CourseBar } from './CourseBar';

type BridgeRowProps = {
  title: string;
  lines?: number;
  amount: string | null;
  currency: string;
  /** Shows the currency with the amount, where it is another than that of the table. */
  named?: boolean;
  /** What leads to the charge lines behind the amount. */
  part?: { where: Condition[]; from?: string | null; to?: string | null };
  compared?: { printed: string; inLedger: string };
  span?: Span;
  tone?: 'step' | 'difference' | 'rest';
};

/** A step of the bridge; its lines are one click away. */
export function BridgeRow({ title, lines, amount, currency, named = false, part, compared, span, tone = 'step' }: BridgeRowProps) {
  const { facts } = useLedgerView();
  return (
    <TableRow hover>
      <TableCell sx={{ whiteSpace: 'normal', overflowWrap: 'anywhere', fontWeight: tone === 'rest' ? 620 : undefined, color: tone === 'rest' ? 'tone.warm' : undefined }}>
        {title}
        {compared && (
          <Box component="span" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.75rem' }}>
            Invoice <Money amount={compared.printed} currency={currency} />, ledger <Money amount={compared.inLedger} currency={currency} />
          </Box>
        )}
      </TableCell>
      <TableCell align="right">
        {lines !== undefined && part && (
          <MuiLink component={Link} to={linesAddress(part, currency, facts)} aria-label={`${formatCount(lines)} charge lines: ${title}`} underline="always" sx={{ textDecorationColor: 'var(--mui-palette-divider)' }}>
            {formatCount(lines)}
          </MuiLink>
        )}
      </TableCell>
      <TableCell align="right">
        <Money amount={amount} currency={currency} signed={tone !== 'step'} digits={digitsFor(amount ?? '0', currency)} />
        {named && currency !== '' && ` ${currency}`}
      </TableCell>
      <TableCell sx={{ py: 0 }}>{span && <CourseBar span={span} falls={sign(amount ?? '0') < 0} tone={tone} />}</TableCell>
    </TableRow>
  );
}
