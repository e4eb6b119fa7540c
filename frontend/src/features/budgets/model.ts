import { type ValueNames } from '../../lib/accountNames';
import { formatDay, formatMonth, formatRange } from '../../lib/days';
import { sign } from '../../lib/decimal';
import { isEverything } from '../../lib/filter';
import { formatCounted, formatMoney } from '../../lib/money';
import { formatRatio } from '../../lib/percent';
import { columnsOfKind } from '../../lib/table';
import type { BudgetDriver, BudgetInfo, BudgetKind, BudgetParts, BudgetStanding, BudgetThreshold, BudgetDetailInfo, ProviderBudgetInfo, ShownTable } from '../../lib/wire';
import { describeState } from '../../parts/budgets/states';
import { columnLabel } from '../../ui/columnLabel';
import { describeFilter } from '../../ui/describeFilter';

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

/** The charges that a budget is of, in words. */
export function describeScope({ scope, where }: BudgetInfo, nameOf: ValueNames): string {
  return scope || (isEverything(where) ? 'All charges' : describeFilter(where, nameOf));
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

/** A line of the list: a budget, or what the budgets that are parts of it add up to. */
export type BudgetRow = { standing: BudgetStanding; parts: BudgetParts | null };

/** The lines of the list: budgets that are parts of another one in it stand below that one. */
export function budgetTree(standings: BudgetStanding[]) {
  const below = new Map<string, BudgetRow[]>();
  const rows = standings.map((standing): BudgetRow => ({ standing, parts: null }));
  const names = new Set(standings.map(({ budget }) => budget.name));
  const isPart = ({ standing: { budget } }: BudgetRow) => names.has(budget.parent);
  for (const row of rows.filter(isPart)) below.set(row.standing.budget.parent, [...(below.get(row.standing.budget.parent) ?? []), row]);
  const sums = new Map(standings.flatMap((standing): [string, BudgetRow][] => (standing.children ? [[standing.budget.name, { standing, parts: standing.children }]] : [])));
  const has = (row: BudgetRow) => row.parts === null && below.has(row.standing.budget.name);
  return {
    rows,
    roots: rows.filter((row) => !isPart(row)),
    wholes: [...below.keys()],
    keyOf: ({ standing, parts }: BudgetRow) => (parts === null ? standing.budget.name : `${standing.budget.name}\u0000parts`),
    childrenOf: (row: BudgetRow) => (has(row) ? (below.get(row.standing.budget.name) ?? null) : null),
    /** Only where all parts are in the list: a sum of rows that are not seen would look wrong. */
    sumOf: ({ standing: { budget, children } }: BudgetRow) => (children?.names.every((name) => names.has(name)) ? (sums.get(budget.name) ?? null) : null),
  };
}

/** The name of a line of the list. */
export function rowName({ standing, parts }: BudgetRow): string {
  return parts === null ? standing.budget.name : `Sum of ${formatCounted(parts.names.length, 'part')}`;
}

/** How far the parts of a budget add up to it: "500.00 over". */
export function describeParts({ difference }: BudgetParts, currency: string): string {
  const side = sign(difference);
  if (side === 0) return 'Adds up';
  return `${formatMoney(difference.replace(/^-/, ''), currency)} ${side > 0 ? 'left' : 'over'}`;
}

/** The same as a sentence. */
export function explainParts({ difference }: BudgetParts): string {
  const side = sign(difference);
  return side === 0 ? 'The parts add up to the budget.' : side > 0 ? 'The parts are less than the budget: the rest is not planned yet.' : 'The parts are more than the budget.';
}

/** When the amount is spent, in words; null where it is not. */
export function describeBreach({ breachDay: breach, asOf }: BudgetStanding): string | null {
  if (breach === null) return null;
  return breach <= asOf ? `Budget used up on ${formatDay(breach)}` : `Budget forecast to be used up by ${formatDay(breach)}`;
}

/** What a column of drivers distinguishes. */
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

/** The list as it leaves for Excel or CSV. A filter leaves as it is typed, so that the file can be imported. */
export function budgetsTable(standings: BudgetStanding[]): ShownTable {
  return {
    title: 'Budgets',
    columns: [
      ...columnsOfKind('text', 'Budget', 'Part of', 'Scope', 'Metric', 'Currency', 'Period'),
      ...columnsOfKind('day', 'From', 'To', 'As of'),
      ...columnsOfKind('text', 'State'),
      ...columnsOfKind('amount', 'Amount', 'Roll-over', 'Actual', 'Left', 'Expected to date', 'Variance to pace', 'Forecast', 'Forecast low 80 %', 'Forecast high 80 %', 'Forecast less amount', 'Sum of parts', 'Amount less parts'),
      ...columnsOfKind('share', 'Spent', 'Variance to pace, %', 'Forecast less amount, %'),
      ...columnsOfKind('day', 'Day of breach'),
      ...columnsOfKind('count', 'Alerts'),
    ],
    rows: standings.map((s) => [
      s.budget.name, s.budget.parent, s.budget.scope || s.budget.text || 'All charges', s.budget.metric, s.budget.currency, s.period, s.from, s.to, s.asOf, describeState(s.state).text,
      s.amount, s.rollOver, s.actual, s.left, s.paceExpected, s.variance, s.forecast, s.low80, s.high80, s.landing, s.children?.sum ?? null, s.children?.difference ?? null,
      share(s.spent), share(s.relative), share(s.missed), s.breachDay, String(s.alerts),
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

/** What moved a budget, by services, accounts and resources, as it leaves for Excel or CSV. */
export function driversTable({ standing, drivers }: BudgetDetailInfo, nameOf: ValueNames): ShownTable {
  return {
    title: `Cost drivers ${describePeriod(standing.period)}`,
    columns: [...columnsOfKind('text', 'By', 'Value', 'Name', 'Currency'), ...columnsOfKind('amount', 'Expected to date', 'Actual to date', 'Variance to pace')],
    rows: drivers.flatMap(({ by, rows, rest }) =>
      [...rows, ...(rest ? [{ ...rest, value: null }] : [])].map((d) => [driverLabel(by), d.value, describeDriver(by, d, nameOf), standing.budget.currency, d.expected, d.actual, d.variance]),
    ),
    currencyColumn: 3,
  };
}

/** The versions of a budget with all amounts as they leave for Excel or CSV. */
export function versionsTable(name: string, versions: BudgetInfo[]): ShownTable {
  return {
    title: `Versions of ${name}`,
    columns: [
      ...columnsOfKind('count', 'Version'), ...columnsOfKind('text', 'Period', 'Currency'), ...columnsOfKind('amount', 'Amount'), ...columnsOfKind('time', 'Changed'), ...columnsOfKind('text', 'By', 'Reason'),
    ],
    rows: versions.flatMap((v) => v.amounts.map((one) => [String(v.version), one.period, v.currency, one.amount, v.changedAt, v.changedBy || null, v.reason || null])),
    currencyColumn: 2,
  };
}

/** The thresholds of a budget, when each was reached and who was alerted, as they leave for Excel or CSV. */
export function thresholdsTable({ standing, raised }: BudgetDetailInfo): ShownTable {
  return {
    title: `Alerts ${describePeriod(standing.period)}`,
    columns: [...columnsOfKind('text', 'Threshold'), ...columnsOfKind('day', 'Reached'), ...columnsOfKind('time', 'Alert raised'), ...columnsOfKind('text', 'Sent to')],
    rows: thresholdStates(standing, raised).map(({ text, reached, alert }) => [text, reached?.crossedAt ?? null, alert?.seenAt ?? null, alert?.sentTo.join(', ') || null]),
    currencyColumn: -1,
  };
}

/** Each threshold of a budget in words, with when it was reached and the alert of it. */
export function thresholdStates(standing: BudgetStanding, raised: BudgetDetailInfo['raised']) {
  const same = (a: BudgetThreshold) => (b: BudgetThreshold) => a.kind === b.kind && a.percent === b.percent;
  return standing.budget.thresholds.map((threshold) => ({
    key: `${threshold.kind} ${threshold.percent}`,
    text: describeThreshold(threshold, standing.budget.currency),
    reached: standing.reached.find(same(threshold)),
    alert: raised.find((one) => same(threshold)(one.threshold)),
  }));
}

/** "+4.2 %" of a share with its sign; a dash where there is nothing to be a share of. */
export function formatSigned(ratio: string): string {
  const text = formatRatio(ratio);
  return text === null ? '–' : text.startsWith('\u2212') || ratio.replace(/[-0.]/g, '') === '' ? text : `+${text}`;
}

const lengths: Record<string, string> = { day: 'Day', month: 'Month', quarter: 'Quarter', year: 'Year' };

/** How long the periods of a budget of a provider are. */
export function describeEvery(every: string): string {
  return lengths[every] ?? 'Once';
}

/** What a budget of a provider is found by. */
export function providerKey({ provider, account, name, connection }: ProviderBudgetInfo): string {
  return [provider, account, name, connection].join(' · ');
}
