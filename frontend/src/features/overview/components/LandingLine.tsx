import Box from '@mui/material/Box';
import { Link } from 'react-router';

import { formatMonth, monthOf } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { scopeOf, useLanding } from '../queries';

/** What the running month will come to; nothing where there is no forecast of the month that is shown. */
export function LandingLine({ view }: { view: LedgerView }) {
  const { currency, from, to } = view;
  const oneMonth = from !== '' && monthOf(from) === monthOf(to);
  const forecast = useLanding(scopeOf(view), oneMonth);
  const month = forecast.data?.months[0];
  if (!month || month.actual === null || month.month !== monthOf(to)) return null;
  return (
    <Box title={`80 % range: ${formatMoney(month.low80, currency)} to ${formatMoney(month.high80, currency)} ${currency}`}>
      <Link to={view.linkTo('/forecast')} style={{ color: 'inherit' }}>
        Forecast for {formatMonth(month.month)}
      </Link>{' '}
      <Money amount={month.forecast} currency={currency} />
    </Box>
  );
}
