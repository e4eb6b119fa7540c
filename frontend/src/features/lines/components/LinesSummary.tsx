import Box from '@mui/material/Box';

import { formatCounted } from '../../../lib/money';
import type { AnswerRow } from '../../../lib/wire';
import { Money } from '../../../ui/Money';

/** The amounts of a total, in the order in which the Go side tells them. */
const names = ['Billed', 'Effective', 'List', 'Contracted'];

type LinesSummaryProps = { total: number; totals: AnswerRow[]; currency: string };

/** How many lines there are and what they cost, as the ledger summed it. */
export function LinesSummary({ total, totals, currency }: LinesSummaryProps) {
  const answer = totals.find((row) => row.currency === currency) ?? totals[0];
  return (
    <Box role="group" aria-label="Totals of these lines" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 3, rowGap: 0.5 }}>
      <Box component="span" sx={{ fontWeight: 620 }}>
        {formatCounted(total, 'line')}
      </Box>
      {answer &&
        names.map((name, index) => (
          <span key={name}>
            <Box component="span" sx={{ color: 'text.secondary', mr: 0.25 }}>
              {name}
            </Box>{' '}
            <Box component="span" sx={{ fontWeight: 600 }}>
              <Money amount={answer.amounts[index] ?? null} currency={answer.currency} />
            </Box>
          </span>
        ))}
      {answer && answer.currency !== '' && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {answer.currency}
        </Box>
      )}
    </Box>
  );
}
