import Box from '@mui/material/Box';

import { metricLabels } from '../../../lib/metric';
import { changeOf } from '../../../lib/percent';
import { formatComparison, soFarText } from '../../../lib/period';
import { toneOf } from '../../../ui/Change';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Figures } from '../queries';
import { useNow } from '../../../ui/useNow';
import { BookedLater } from './BookedLater';
import { ComparedDays } from './ComparedDays';
import { Kpi } from './Kpi';
import { LandingLine } from './LandingLine';

const arrows = { '-1': '▼', '0': '', '1': '▲' };

/** The cost of the period and how it compares with the one before. */
export function SpendKpi({ figures, view }: { figures: Figures; view: LedgerView }) {
  const { currency } = view;
  const { total, groups, comparison } = figures.spend;
  const now = useNow();
  const delta = comparison?.reason === '' ? changeOf(total.change, total.relative, view.currency) : null;
  const title = figures.spend.soFar ? `Spend ${soFarText(figures.spend, new Date(now).getFullYear())}` : 'Spend';

  return (
    <Kpi title={title} meaning={`${metricLabels[view.metric]} cost of the period`} value={groups > 0 ? <Money amount={total.amount} currency={currency} /> : 'No charges'} unit={groups > 0 ? currency : undefined} to={view.linkTo('/charges')}>
      {delta ? (
        <>
          <Box component="span" sx={{ color: toneOf(delta.direction), fontWeight: 600, mr: 0.75 }}>
            {arrows[delta.direction]} {delta.percent ?? ''}
          </Box>
          <Money amount={delta.amount} currency={currency} signed /> vs {formatComparison(comparison ?? view, view)}
        </>
      ) : (
        comparison?.reason
      )}
      <ComparedDays brief comparison={comparison} />
      {comparison?.apart && <BookedLater apart={comparison.apart} comparison={comparison} view={view} />}
      {figures.spend.soFar && <LandingLine view={view} />}
    </Kpi>
  );
}
