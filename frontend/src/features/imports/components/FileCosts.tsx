import Box from '@mui/material/Box';

import { describeCurrency } from '../../../lib/money';
import type { IngestMoney } from '../../../lib/wire';
import { Money } from '../../../ui/Money';

/** What the lines of the files of an import come to, by currency; another thing than what counts where files overlap. */
export function FileCosts({ costs, label }: { costs: IngestMoney[]; label: string }) {
  return (
    <Box component="dl" aria-label={label} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1.5, m: 0, mt: 1.75 }}>
      {costs.map(({ currency, billed, effective }) => (
        <Box key={currency}>
          <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
            Billed in the files, {describeCurrency(currency)}
          </Box>
          <Box component="dd" sx={{ m: 0, fontWeight: 600 }}>
            <Money amount={billed} currency={currency} />
            {effective !== billed && (
              <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400, ml: 1 }}>
                effective <Money amount={effective} currency={currency} />
              </Box>
            )}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
