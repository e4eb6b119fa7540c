import { type ValueNames } from '../../lib/accountNames';
import { formatDay, formatMonth, formatRange } from '../../lib/days';
import { formatMoney } from '../../lib/money';
import { formatRatio } from '../../lib/percent';
import { columnsOfKind } from '../../lib/table';
import type { BudgetDriver, BudgetInfo, BudgetKind, BudgetStanding, BudgetState, BudgetThreshold, BudgetDetailInfo, ShownTable } from '../../lib/wire';
import { columnLabel } from '../../ui/columnLabel';
import type { PillTone } from '../../ui/Pill';

/** The states of budgets, the gravest first. */
export const states = ['over', 'at-risk', 'ahead', 'on-track', 'no-data', 'not-started'] as const satisfies readonly BudgetState[];

const stateTexts: Record<BudgetState, { text: string; tone: PillTone; why: string }> = {
  over: { text: 'Over budget', tone: 'bad', why: 'The amount is spent' },
  'at-risk': { text: 'At risk', tone: 'bad', why: 'The forecast for the end of the period is above the amount' },
  ahead: { text: 'Ahead of pace', tone: 'bad', why: 'More was spent than expected to date' },
  'on-track': { text: 'On track', tone: 'good', why: 'No more was spent than expected to date, and the forecast is within the amount' },
  'not-started': { text: 'Not started', tone: 'plain', why: 'The period has not begun' },
  'no-data': { text: 'No charges', tone: 'plain', why: 'There are no charges of this scope' },
};

/** How a budget stands, as a pill says it. */
export function describeState(state: BudgetState): { text: string; tone: PillTone; why: string } {
  return stateTexts[state];
}

/** "Nov 2026" for 2026-11, "Q4 2026" for 2026-Q4, "FY2027, period 3" for FY2027-P03; any days as a range. */
export function describePeriod(name: string): string {
  if (/^\d{4}-\d{2}$/.test(name)) return formatMonth(name);
  const quarter = /^(\d{4})-(Q\d)$/.exec(name);
  if (quarter) return `${quarter[2] ?? ''} ${quarter[1] ?? ''}`;
  const fiscal = /^(FY\d{4})-([QP])0?(\d+)$/.exec(name);
  if (fiscal) return `${fiscal[1] ?? ''}, ${fiscal[2] === 'Q' ? 'quarter' : 'period'} ${fiscal[3] ?? ''}`;
  const [from, to] = name.split('/');
  return from !== undefined && to !== undefined ? formatRange(from, to) : name;
}

/** The charges that a budget is of. */
export function describeScope({ scope, text }: BudgetInfo): string {
  return scope || text || 'All charges';
}

/** What a threshold is of, as a choice after its number. */
export const thresholdTexts: Record<BudgetKind, string> = {
  actual: '% of the amount spent',
  forecast: '% of the amount by the forecast',
  pace: '% of the pace',
  absolute: 'spent, as an amount',
  breach: 'days before the breach',
};

export function describeThreshold({ kind, percent }: BudgetThreshold, currency: string): string {
  return kind === 'absolute' ? `${formatMoney(percent, currency)} ${currency} spent` : `${percent} ${thresholdTexts[kind]}`;
}

/** What the list is narrowed to; null leaves a part open. */
export type BudgetFilter = { state: string | null; currency: string | null };

export function matchesFilter({ state, budget }: BudgetStanding, filter: BudgetFilter): boolean {
  return (filter.state === null || state === filter.state) && (filter.currency === null || budget.currency === filter.currency);
}

/** "2 over budget, 3 at risk", or nothing. */
export function describeStates(standings: BudgetStanding[]): string {
  const grave = (['over', 'at-risk', 'ahead'] as const).flatMap((state) => {
    const count = standings.filter((one) => one.state === state).length;
    return count > 0 ? [`${count} ${describeState(state).text.toLowerCase()}`] : [];
  });
  return grave.length > 0 ? grave.join(', ') : 'All on track';
}

/** When the amount is spent, in words; null where it is not. */
export function describeBreach({ breach, asOf }: BudgetStanding): string | null {
  if (breach === '') return null;
  return breach <= asOf ? `Spent on ${formatDay(breach)}` : `Spent by ${formatDay(breach)}, says the forecast`;
}

/** What is told apart by a column of drivers. */
export function driverLabel(by: string): string {
  return by === 'SubAccountId' ? 'Account' : columnLabel(by);
}

/** The name of a value that moved a budget. */
export function describeDriver(by: string, { value, values }: BudgetDriver, nameOf: ValueNames): string {
  if (value === null) return values > 1 ? `${values} others` : `No ${driverLabel(by).toLowerCase()}`;
  return nameOf(by, value) || value;
}

/** A share of the Go side as text for a file, or nothing. */
const share = (ratio: string): string | null => (ratio === '' ? null : ratio);

/** The list as it leaves for Excel or CSV. */
export function budgetsTable(standings: BudgetStanding[]): ShownTable {
  return {
    title: 'Budgets',
    columns: [
      ...columnsOfKind('text', 'Budget', 'Part of', 'Scope', 'Metric', 'Currency', 'Period'),
      ...columnsOfKind('day', 'From', 'To', 'As of'),
      ...columnsOfKind('text', 'State'),
      ...columnsOfKind('amount', 'Amount', 'Roll-over', 'Actual', 'Left', 'Expected to date', 'Variance to pace', 'Forecast', 'Forecast low 80 %', 'Forecast high 80 %', 'Forecast less amount'),
      ...columnsOfKind('share', 'Spent', 'Variance to pace, %', 'Forecast less amount, %'),
      ...columnsOfKind('day', 'Day of breach'),
      ...columnsOfKind('count', 'Alerts'),
    ],
    rows: standings.map((s) => [
      s.budget.name, s.budget.parent, describeScope(s.budget), s.budget.metric, s.budget.currency, s.period, s.from, s.to, s.asOf, describeState(s.state).text,
      s.amount, s.rollOver, s.actual, s.left, s.pace, s.variance, s.forecast, s.low80, s.high80, s.landing,
      share(s.spent), share(s.relative), share(s.missed), s.breach === '' ? null : s.breach, String(s.alerts),
    ]),
    currencyColumn: 4,
  };
}

/** A budget day by day as it leaves for Excel or CSV. */
export function daysTable({ standing, days }: BudgetDetailInfo): ShownTable {
  return {
    title: `${standing.budget.name} ${describePeriod(standing.period)}`,
    columns: [...columnsOfKind('day', 'Day'), ...columnsOfKind('text', 'Currency'), ...columnsOfKind('amount', 'Actual to date', 'Expected to date', 'Forecast', 'Low 80 %', 'High 80 %', 'Amount')],
    rows: days.map((d) => [d.day, standing.budget.currency, d.actual, d.pace, d.forecast, d.low80, d.high80, standing.amount]),
    currencyColumn: 1,
  };
}

/** "+4.2 %" of a share with its sign; a dash where there is nothing to be a share of. */
export function formatSigned(ratio: string): string {
  const text = formatRatio(ratio);
  return text === null ? '–' : text.startsWith('\u2212') || ratio.replace(/[-0.]/g, '') === '' ? text : `+${text}`;
}
