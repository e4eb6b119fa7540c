import Box from '@mui/material/Box';

import { type ValueNames } from '../../lib/accountNames';
import { formatDay } from '../../lib/days';
import { formatMoney, fullMoney } from '../../lib/money';
import { formatRatio } from '../../lib/percent';
import { StatePill } from '../../parts/budgets/StatePill';
import { describeState, states } from '../../parts/budgets/states';
import { toneOf } from '../../ui/Change';
import { Sparkline } from '../../ui/charts/Sparkline';
import type { Column } from '../../ui/DataTable/model';
import { type BudgetRow, describeBreach, describeParts, describePeriod, describeScope, explainParts, formatSigned, rowName } from './model';

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

/** What a figure of a budget is; the line below its parts has only what they add up to. */
const figureOf = (row: BudgetRow, id: Money | 'variance' | 'landing'): string | null =>
  row.parts === null ? row.standing[id] : id === 'amount' ? row.parts.sum : id === 'actual' ? row.parts.actual : null;

function money(id: Money | 'variance' | 'landing', header: string, description: string, signed = false): Column<BudgetRow> {
  return {
    id,
    header,
    description,
    kind: 'number',
    width: 116,
    value: (row) => figureOf(row, id),
    unit: (row) => row.standing.budget.currency,
    display: (row) => {
      const amount = figureOf(row, id);
      return amount === null ? '–' : formatMoney(amount, row.standing.budget.currency, { signed });
    },
    title: (row) => fullMoney(figureOf(row, id), row.standing.budget.currency),
    ...(signed && { render: (row: BudgetRow) => <Signed amount={figureOf(row, id)} currency={row.standing.budget.currency} /> }),
  };
}

function percent(id: 'spent' | 'relative' | 'missed', header: string, description: string): Column<BudgetRow> {
  const display = ({ standing: { [id]: ratio } }: BudgetRow) => (id === 'spent' ? (formatRatio(ratio) ?? '–') : formatSigned(ratio));
  return { id, header, description, kind: 'number', width: 76, value: ({ standing, parts }) => (parts === null && standing[id]) || null, display, title: display };
}

/** The table of budgets. Below a budget are those that are parts of it, and what they add up to. */
export function budgetColumns(nameOf: ValueNames): Column<BudgetRow>[] {
  return [
    {
      id: 'name',
      header: 'Budget',
      kind: 'text',
      width: 200,
      value: rowName,
      title: ({ standing: { budget }, parts }) => (parts === null ? [budget.name, describeScope(budget, nameOf), budget.parent && `Part of ${budget.parent}`] : [`Parts of ${budget.name}`, ...parts.names]).filter(Boolean).join('\n'),
    },
    { id: 'period', header: 'Period', kind: 'text', whole: true, secondary: 1, value: ({ standing }) => standing.from, display: ({ standing }) => describePeriod(standing.period) },
    {
      id: 'state',
      header: 'State',
      kind: 'text',
      whole: true,
      // The gravest state comes first.
      value: ({ standing }) => String(states.indexOf(standing.state)),
      display: ({ standing, parts }) => (parts === null ? describeState(standing.state).text : describeParts(parts, standing.budget.currency)),
      title: ({ standing, parts }) => (parts === null ? describeState(standing.state).why : explainParts(parts)),
      render: ({ standing, parts }) => (parts === null ? <StatePill state={standing.state} /> : describeParts(parts, standing.budget.currency)),
    },
    { id: 'currency', header: 'Currency', kind: 'text', whole: true, value: ({ standing }) => standing.budget.currency },
    money('amount', 'Amount', 'What may be spent in the period, with what rolled over'),
    money('actual', 'Actual', 'What was spent from the first day of the period on'),
    { ...percent('spent', 'Spent', 'The actual as a share of the amount'), secondary: 2 },
    { ...money('variance', 'vs pace', 'The actual less what was expected to date', true), secondary: 4 },
    { ...percent('relative', 'vs pace, %', 'The variance to pace as a share of what was expected to date'), secondary: 8 },
    { ...money('forecast', 'Forecast', 'What the period will come to'), secondary: 1 },
    { ...money('landing', 'vs amount', 'The forecast less the amount', true), secondary: 6 },
    { ...percent('missed', 'vs amount, %', 'The forecast less the amount, as a share of the amount'), secondary: 7 },
    { id: 'breach', header: 'Breach', description: 'The day on which the amount is spent, or will be', kind: 'text', whole: true, secondary: 5, value: ({ standing, parts }) => (parts === null ? standing.breachDay : null), display: ({ standing: { breachDay } }) => (breachDay === null ? '–' : formatDay(breachDay, { year: false })), title: ({ standing }) => describeBreach(standing) ?? 'Not forecast to be spent in the period' },
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
      render: ({ standing, parts }) =>
        parts === null && (
          <Box component="span" sx={{ display: 'inline-block', verticalAlign: 'middle' }}>
            <Sparkline marks={standing.recent} label={`Cost by day of ${standing.budget.name}`} />
          </Box>
        ),
    },
    { id: 'scope', header: 'Scope', kind: 'text', width: 200, secondary: 9, value: ({ standing, parts }) => (parts === null ? describeScope(standing.budget, nameOf) : null) },
  ];
}
