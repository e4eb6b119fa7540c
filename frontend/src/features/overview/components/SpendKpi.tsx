import Box from '@mui/material/Box';

import { incompleteDays } from '../../../lib/completeness';
import { formatMonth, monthOf } from '../../../lib/days';
import { metricLabels } from '../../../lib/metric';
import { formatCounted } from '../../../lib/money';
import { deltaOf } from '../../../lib/percent';
import { formatComparison } from '../../../lib/period';
import type { LedgerState } from '../../../lib/wire';
import { toneOf } from '../../../ui/Change';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { amountOf, totalOf } from '../model';
import type { Figures } from '../queries';
import { Kpi } from './Kpi';

/** "Microsoft 2 days": who is missing how much of the period. */
function lacking(state: LedgerState, shown: string[], from: string, to: string): string {
  const counts = new Map<string, number>();
  for (const [day, names] of incompleteDays(state.providers.filter((provider) => shown.includes(provider.name)), state.lastDay)) {
    if (day >= from && day <= to) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, days]) => `${name} ${formatCounted(days, 'day')}`).join(', ');
}

const arrows = { '-1': '▼', '0': '', '1': '▲' };

/** The cost of the period and how it stands against the one before. */
export function SpendKpi({ figures, view, state }: { figures: Figures; view: LedgerView; state: LedgerState }) {
  const { currency } = view;
  const total = totalOf(figures.current, currency);
  const previous = totalOf(figures.previous, currency);
  const current = amountOf(total);
  const delta = deltaOf(current, amountOf(previous));
  const versus = view.compareFrom === '' ? '' : formatComparison({ from: view.compareFrom, to: view.compareTo }, view);
  const gaps = lacking(state, figures.providers, view.from, view.to);
  const title = view.preset === 'mtd' ? `Spend in ${formatMonth(monthOf(view.to), { full: true, year: false })} so far` : 'Spend';

  return (
    <Kpi title={title} meaning={`${metricLabels[view.metric]} cost of the period`} value={total ? <Money amount={current} currency={currency} /> : 'No charges'} unit={total ? currency : undefined} to={view.linkTo('/charges')}>
      {delta ? (
        <>
          <Box component="span" sx={{ color: toneOf(delta.direction), fontWeight: 600, mr: 0.75 }}>
            {arrows[delta.direction]} {delta.percent ?? 'new'}
          </Box>
          <Money amount={delta.amount} currency={currency} signed /> on {versus}
        </>
      ) : (
        <>{versus === '' ? 'No earlier period in the ledger to hold it against' : `No charges in ${versus} to hold it against`}</>
      )}
      {gaps !== '' && <Box title={`Missing so far: ${gaps}`} sx={{ color: 'tone.warm', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>Missing: {gaps}</Box>}
    </Kpi>
  );
}
