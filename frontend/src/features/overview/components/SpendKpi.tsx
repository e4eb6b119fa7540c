import Box from '@mui/material/Box';

import { formatMonth, monthOf } from '../../../lib/days';
import { metricLabels } from '../../../lib/metric';
import { changeOf } from '../../../lib/percent';
import { formatComparison } from '../../../lib/period';
import { toneOf } from '../../../ui/Change';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Figures } from '../queries';
import { ComparedDays } from './ComparedDays';
import { Kpi } from './Kpi';

const arrows = { '-1': '▼', '0': '', '1': '▲' };

/** The cost of the period and how it compares with the one before. */
export function SpendKpi({ figures, view }: { figures: Figures; view: LedgerView }) {
  const { currency } = view;
  const { total, groups, comparison } = figures.spend;
  const delta = comparison?.possible ? changeOf(total.change, total.relative) : null;
  const versus = view.compareFrom === '' ? '' : formatComparison({ from: view.compareFrom, to: view.compareTo }, view);
  const title = view.preset === 'mtd' ? `Spend in ${formatMonth(monthOf(view.to), { full: true, year: false })} so far` : 'Spend';

  return (
    <Kpi title={title} meaning={`${metricLabels[view.metric]} cost of the period`} value={groups > 0 ? <Money amount={total.amount} currency={currency} /> : 'No charges'} unit={groups > 0 ? currency : undefined} to={view.linkTo('/charges')}>
      {delta ? (
        <>
          <Box component="span" sx={{ color: toneOf(delta.direction), fontWeight: 600, mr: 0.75 }}>
            {arrows[delta.direction]} {delta.percent ?? 'new'}
          </Box>
          <Money amount={delta.amount} currency={currency} signed /> on {versus}
        </>
      ) : (
        <>{versus === '' ? 'No earlier period in the ledger' : `No charges in ${versus} to compare with`}</>
      )}
      <ComparedDays brief comparison={comparison} />
    </Kpi>
  );
}
