import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

import type { AnswerRow } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';

/** Says that there is more in another currency, which is never added to the figures of the page. */
export function OtherCurrencies({ totals, view }: { totals: AnswerRow[]; view: LedgerView }) {
  const others = totals.filter((row) => row.currency !== view.currency);
  if (others.length === 0) return null;
  return (
    <Box role="note" sx={{ display: 'flex', alignItems: 'baseline', flexWrap: 'wrap', columnGap: 1, fontSize: '0.75rem', color: 'text.secondary', mt: -0.75, px: 0.25 }}>
      This page shows {view.currency || 'charges without a currency'} only. Not included:
      {others.map((row) => (
        <Button key={row.currency} variant="text" onClick={() => view.setCurrency(row.currency)} sx={{ fontSize: '0.75rem', py: 0, px: 0.5, color: 'primary.main' }}>
          <span>
            <Money amount={row.amounts[0] ?? null} currency={row.currency} /> {row.currency || 'without a currency'}
          </span>
        </Button>
      ))}
    </Box>
  );
}
