import Box from '@mui/material/Box';

import { formatCounted } from '../../../lib/money';
import type { AnswerRow } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { otherTotals } from '../totals';

type LinesSummaryProps = {
  total: number;
  totals: AnswerRow[];
  currency: string;
  /** Columns of the table, which has their totals. */
  inTable: string[];
};

/** How many lines there are, and what they cost by the measures that the table does not show. */
export function LinesSummary({ total, totals, currency, inTable }: LinesSummaryProps) {
  return (
    <Box role="group" aria-label="Totals of these lines" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 3, rowGap: 0.5 }}>
      <Box component="span" sx={{ fontWeight: 620 }}>
        {formatCounted(total, 'line')}
      </Box>
      {otherTotals(totals, currency, inTable).map((other) => (
        <Box key={other.label} component="span" sx={{ color: 'text.secondary' }}>
          {other.label}{' '}
          <Box component="span" sx={{ color: 'text.primary' }}>
            <Money amount={other.amount} currency={other.currency} />
          </Box>
          {other.currency === '' ? '' : ` ${other.currency}`}
        </Box>
      ))}
    </Box>
  );
}
