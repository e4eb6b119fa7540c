import Box from '@mui/material/Box';

import { currenciesOf, totalOf } from '../../lib/bill';
import { describeCurrency } from '../../lib/money';
import { Money } from '../Money';

type AmountsProps = { totals: { currency: string; metric: string; amount: string }[]; metric: string };

/** One amount a currency, below each other, each with its code. */
export function Amounts({ totals, metric }: AmountsProps) {
  return currenciesOf(totals).map((currency) => (
    <Box key={currency} component="span" sx={{ display: 'block' }}>
      <Money amount={totalOf(totals, metric, currency)} currency={currency} />
      <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.75rem', ml: 0.75 }}>
        {describeCurrency(currency)}
      </Box>
    </Box>
  ));
}
