import Box from '@mui/material/Box';

import { type ValueNames } from '../../lib/accountNames';
import { formatDay } from '../../lib/days';
import { formatMoney, fullMoney } from '../../lib/money';
import { formatRatio } from '../../lib/percent';
import type { BudgetStanding } from '../../lib/wire';
import { StatePill } from '../../parts/budgets/StatePill';
import { describeState, states } from '../../parts/budgets/states';
import { toneOf } from '../../ui/Change';
import { Sparkline } from '../../ui/charts/Sparkline';
import type { Column } from '../../ui/DataTable/model';
import { describeBreach, describePeriod, describeScope, formatSigned } from './model';

type Money = 'amount' | 'actual' | 'forecast' | 'left' | 'paceExpected';

/** An amount above is warm, one below cool, as everywhere. */
function Signed({ amount, currency }: { amount: string | null; currency: string }) {
  if (amount === null) return '–';
  const text = formatMoney(amount, currency, { signed: true });
  return (
    <Box component="span" sx={{ color: toneOf(text.startsWith('+') ? 1 : text.startsWith('\u2212') ? -1 : 0) }}>
      {text}
    </Box>
  );
}

function money(id: Money, header: string, description: string): Column<BudgetStanding> {
  return {
    id,
    header,
    description,
    kind: 'number',
    width: 116,
    value: (s) => s[id],
    unit: (s) => s.budget.currency,
    display: (s) => (s[id] === null ? '–' : formatMoney(s[id], s.budget.currency)),
    title: (s) => fullMoney(s[id], s.budget.currency),
  };
}

function signed(id: 'variance' | 'landing', header: string, description: string): Column<BudgetStanding> {
  return {
    id,
    header,
    description,
    kind: 'number',
    width: 116,
    value: (s) => s[id],
    unit: (s) => s.budget.currency,
    display: (s) => (s[id] === null ? '–' : formatMoney(s[id], s.budget.currency, { signed: true })),
    title: (s) => fullMoney(s[id], s.budget.currency),
    render: (s) => <Signed amount={s[id]} currency={s.budget.currency} />,
  };
}

function percent(id: 'spent' | 'relative' | 'missed', header: string, description: string): Column<BudgetStanding> {
  const display = ({ [id]: ratio }: BudgetStanding) => (id === 'spent' ? (formatRatio(ratio) ?? '–') : formatSigned(ratio));
  return { id, header, description, kind: 'number', width: 76, value: (s) => s[id] || null, display, title: display };
}

/** The table of budgets. A part is set in below the name of its whole. */
export function budgetColumns(nameOf: ValueNames): Column<BudgetStanding>[] {
  return [
    {
      id: 'name',
      header: 'Budget',
      kind: 'text',
      width: 200,
      value: (s) => s.budget.name,
      title: (s) => [s.budget.name, describeScope(s.budget, nameOf), s.budget.parent && `Part of ${s.budget.parent}`].filter(Boolean).join('\n'),
    },
    { id: 'period', header: 'Period', kind: 'text', whole: true, secondary: 1, value: (s) => s.from, display: (s) => describePeriod(s.period) },
    {
      id: 'state',
      header: 'State',
      kind: 'text',
      whole: true,
      // The gravest state comes first.
      value: (s) => String(states.indexOf(s.state)),
      display: (s) => describeState(s.state).text,
      title: (s) => describeState(s.state).why,
      render: (s) => <StatePill state={s.state} />,
    },
    { id: 'currency', header: 'Currency', kind: 'text', whole: true, value: (s) => s.budget.currency },
    money('amount', 'Amount', 'What may be spent in the period, with what rolled over'),
    money('actual', 'Actual', 'What was spent from the first day of the period on'),
    { ...percent('spent', 'Spent', 'The actual as a share of the amount'), secondary: 2 },
    { ...signed('variance', 'vs pace', 'The actual less what was expected to date'), secondary: 4 },
    { ...percent('relative', 'vs pace, %', 'The variance to pace as a share of what was expected to date'), secondary: 8 },
    { ...money('forecast', 'Forecast', 'What the period will come to'), secondary: 1 },
    { ...signed('landing', 'vs amount', 'The forecast less the amount'), secondary: 6 },
    { ...percent('missed', 'vs amount, %', 'The forecast less the amount, as a share of the amount'), secondary: 7 },
    { id: 'breach', header: 'Breach', description: 'The day on which the amount is spent, or will be', kind: 'text', whole: true, secondary: 5, value: (s) => s.breachDay, display: (s) => (s.breachDay === null ? '–' : formatDay(s.breachDay, { year: false })), title: (s) => describeBreach(s) ?? 'Not forecast to be spent in the period' },
    {
      id: 'recent',
      header: 'Last 56 days',
      kind: 'text',
      whole: true,
      width: 140,
      sortable: false,
      secondary: 3,
      value: () => '',
      editable: true,
      title: () => 'Cost by day',
      render: (s) => (
        <Box component="span" sx={{ display: 'inline-block', verticalAlign: 'middle' }}>
          <Sparkline marks={s.recent} label={`Cost by day of ${s.budget.name}`} />
        </Box>
      ),
    },
    { id: 'scope', header: 'Scope', kind: 'text', width: 200, secondary: 9, value: (s) => describeScope(s.budget, nameOf) },
  ];
}
