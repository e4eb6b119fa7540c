import Box from '@mui/material/Box';

import { formatMoney, fullMoney } from '../lib/money';

type MoneyProps = {
  /** Exact decimal text; null when the source gives no value. */
  amount: string | null;
  currency: string;
  signed?: boolean;
  digits?: number;
};

const tabular = { fontVariantNumeric: 'tabular-nums' };

/** One amount: rounded to the digits of its currency, unrounded on hover. Unknown reads differently from zero. */
export function Money({ amount, currency, signed = false, digits }: MoneyProps) {
  if (amount === null) {
    return (
      <Box component="span" title={fullMoney(null, currency)} sx={{ color: 'text.disabled', fontStyle: 'italic' }}>
        {formatMoney(null, currency)}
      </Box>
    );
  }
  return <span title={fullMoney(amount, currency)} style={tabular}>{formatMoney(amount, currency, { signed, digits })}</span>;
}
