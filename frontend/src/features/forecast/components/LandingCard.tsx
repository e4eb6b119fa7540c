import Box from '@mui/material/Box';

import { formatMoney } from '../../../lib/money';
import type { ForecastInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { landingTitle, partsOf } from '../model';

/** The first month of the forecast and its parts. */
export function LandingCard({ info: { months, currency } }: { info: ForecastInfo }) {
  const [month] = months;
  if (!month) return null;
  const range = (low: string, high: string) => `${formatMoney(low, currency)} – ${formatMoney(high, currency)}`;
  return (
    <Card title={landingTitle(month)}>
      <Box sx={{ fontSize: '1.4375rem', fontWeight: 620, letterSpacing: '-0.02em', lineHeight: 1.35, mt: 0.5, mb: 1, overflowWrap: 'anywhere' }}>
        <Money amount={month.forecast} currency={currency} />{' '}
        <Box component="span" sx={{ fontSize: '0.8125rem', fontWeight: 500, color: 'text.secondary', letterSpacing: 0 }}>
          {currency}
        </Box>
      </Box>
      <Box sx={{ '& dl': { gridTemplateColumns: 'auto 1fr' }, '& dd': { textAlign: 'right' } }}>
        <Facts
          facts={[
            ...partsOf([month]).map((part): [string, React.ReactNode] => [part.label, <Money key={part.id} amount={part.of(month)} currency={currency} />]),
            ['80 % range', range(month.low80, month.high80)],
            ['95 % range', range(month.low95, month.high95)],
          ]}
        />
      </Box>
    </Card>
  );
}
