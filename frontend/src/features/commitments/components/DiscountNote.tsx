import Typography from '@mui/material/Typography';

import { formatDay } from '../../../lib/days';
import { compare } from '../../../lib/decimal';
import type { SimulationInfo } from '../../../lib/wire';
import { Money } from '../../../ui/Money';

/** Where the discounts come from, and what has none. */
export function DiscountNote({ simulation: { discounts, leftOut, pool } }: { simulation: SimulationInfo }) {
  const named = discounts.map(({ percent, family }) => `${percent} % for ${family === '*' ? 'all other families' : family}`).join(', ');
  const sources = [...new Set(discounts.map(({ source, asOf }) => `${source}, ${asOf.length === 10 ? formatDay(asOf, { year: true }) : asOf}`))].join('; ');
  return (
    <Typography sx={{ color: 'text.secondary', mt: 1 }}>
      {discounts.length === 0 ? 'The discount is the one you entered.' : `Discounts of the price book: ${named} (${sources}).`}
      {compare(leftOut, '0') > 0 && (
        <>
          {' '}
          Usage of <Money amount={leftOut} currency={pool.currency} /> {pool.currency} is left out, since the price book has no discount for its families.
        </>
      )}
    </Typography>
  );
}
