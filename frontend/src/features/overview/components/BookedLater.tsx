import Box from '@mui/material/Box';

import { isDecimal, sign } from '../../../lib/decimal';
import { formatComparison } from '../../../lib/period';
import type { SpendApart, SpendComparison } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';

type BookedLaterProps = { apart: SpendApart; comparison: SpendComparison; view: LedgerView };

/** Charges that providers usually book later in a month, which are in no change: what they come to, and came to before. */
export function BookedLater({ apart, comparison, view }: BookedLaterProps) {
  const names = apart.rows.map(({ name, key }) => name ?? key).filter((name) => name !== null);
  return (
    <Box title={`Taxes, charges for a whole month, and what came in the last days of each earlier month${names.length > 0 ? `: ${names.join(', ')}` : ''}. They are not part of the change until the month has ended.`} sx={{ fontSize: '0.75rem', color: 'text.secondary' }}>
      Not compared, usually booked later: <Booked amount={apart.now} currency={view.currency} /> in this period, <Booked amount={apart.before} currency={view.currency} /> in {formatComparison(comparison, view)}
    </Box>
  );
}

/** What such charges come to; a period that has none says so. */
function Booked({ amount, currency }: { amount: string; currency: string }) {
  return isDecimal(amount) && sign(amount) === 0 ? 'none' : <Money amount={amount} currency={currency} />;
}
