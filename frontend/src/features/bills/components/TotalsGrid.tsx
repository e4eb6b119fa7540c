import Box from '@mui/material/Box';

import { currenciesOf, metricLabel, metricsOf, totalOf } from '../../../lib/bill';
import { describeCurrency } from '../../../lib/money';
import type { IngestTotal } from '../../../lib/wire';
import { Money } from '../../../ui/Money';

type TotalsGridProps = { label: string; totals: IngestTotal[]; strong?: boolean };

/** The totals of a bill in every measure it has, a line for each currency. */
export function TotalsGrid({ label, totals, strong = false }: TotalsGridProps) {
  const metrics = metricsOf(totals);
  return currenciesOf(totals).map((currency) => (
    <Box key={currency} component="dl" aria-label={currency === '' ? label : `${label}, ${currency}`} sx={{ m: 0, mt: 0.5, display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(132px, 1fr))', alignItems: 'end', columnGap: 2, rowGap: 0.75 }}>
      {metrics.map((metric) => (
        <Box key={metric} sx={{ minWidth: 0 }}>
          <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.71875rem' }}>
            {metricLabel(metric)}, {describeCurrency(currency)}
          </Box>
          <Box component="dd" sx={{ m: 0, fontWeight: strong ? 620 : 500, fontSize: strong ? '0.9375rem' : '0.8125rem' }}>
            <Money amount={totalOf(totals, metric, currency)} currency={currency} />
          </Box>
        </Box>
      ))}
    </Box>
  ));
}
