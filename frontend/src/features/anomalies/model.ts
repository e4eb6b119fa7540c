import { formatDay, formatRange } from '../../lib/days';
import { sign } from '../../lib/decimal';
import { describeNamedAccount, type AccountNames } from '../../lib/accountNames';
import { columnsOfKind } from '../../lib/table';
import type { AnomalyDayInfo, AnomalyInfo, AnomalyKind, AnomalyState, NodeLevel, SensitivityPreviewInfo, ShownTable } from '../../lib/wire';
import type { ChartBand, ChartPoint } from '../../ui/charts/model';
import type { PillTone } from '../../ui/Pill';
import { writeFilter } from '../../ui/view/ledgerView';

/** Stands for all usage where a scope is named. */
export const ALL_USAGE = '*';

export const kindWords: Record<AnomalyKind, { label: string; why: string }> = {
  spike: { label: 'Spike', why: 'Up to six days above what was expected' },
  shift: { label: 'Shift', why: 'Seven days or more on another level' },
  drop: { label: 'Drop', why: 'Below half of what was expected, or gone' },
  drift: { label: 'Drift', why: 'Grows slowly, so that no single day explains it' },
};

export const stateWords: Record<AnomalyState, { label: string; tone: PillTone; why: string }> = {
  open: { label: 'Open', tone: 'bad', why: 'Not reviewed yet' },
  expected: { label: 'Expected', tone: 'plain', why: 'The same happened a year before, or it was marked as expected' },
  restated: { label: 'Restated', tone: 'plain', why: 'Only a newer version of the bill shows it; the usage may not have changed' },
  resolved: { label: 'Resolved', tone: 'good', why: 'Marked as resolved' },
  muted: { label: 'Muted', tone: 'plain', why: 'Muted by a rule' },
};

/** The states that a person can give. */
export const ownStates = ['open', 'expected', 'resolved'] as const satisfies AnomalyState[];

export const stateFilters = [
  { value: 'open', label: 'Open' },
  { value: 'all', label: 'All' },
] as const;

export type StateFilter = (typeof stateFilters)[number]['value'];

/** The anomalies of one currency that the list shows. */
export function shownOf(all: AnomalyInfo[], currency: string, state: StateFilter): AnomalyInfo[] {
  return all.filter((one) => one.currency === currency && (state === 'all' || one.state === 'open'));
}

const levelWords: Record<string, string> = { Provider: 'Provider', SubAccountId: 'Account', ServiceName: 'Service', RegionId: 'Region' };

/** What a level of where an anomaly is, a virtual dimension or a tag is called. */
export function describeLevel(column: string): string {
  return levelWords[column] ?? column.replace(/^(Dim|Tags)\//, '');
}

/** The value of a level, an account with its name and its id. */
export function describeValue({ column, value }: NodeLevel, nameOf: AccountNames): string {
  if (value === null) return `no ${describeLevel(column).toLowerCase()}`;
  return column === 'SubAccountId' ? describeNamedAccount(value, nameOf(value)) : value;
}

/** "Amazon EC2 · Shop · 5001 · eu-west-1 · AWS": the service first, since that is what people look for. In `short` an account that has a name is without its id. */
export function describePlace(node: NodeLevel[], nameOf: AccountNames, short = false): string {
  const order = ['ServiceName', 'SubAccountId', 'RegionId', 'Provider'];
  return [...node].sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column)).map((level) => (short && level.column === 'SubAccountId' && level.value !== null && nameOf(level.value)) || describeValue(level, nameOf)).join(' · ');
}

/** "3 – 5 Nov 2026", or one day. */
export function describeDays({ firstDay, lastDay }: AnomalyInfo): string {
  return firstDay === lastDay ? formatDay(firstDay) : formatRange(firstDay, lastDay);
}

/** The chart of the course: cost and what it should have been, with the band outside of which a day can be an anomaly. */
export function courseOf(days: AnomalyDayInfo[], anomaly: AnomalyInfo): { points: ChartPoint[]; low: (string | null)[]; high: (string | null)[] } {
  return {
    points: days.map(({ day, cost, expected }) => ({
      time: day, tick: formatDay(day, { year: false }), label: formatDay(day), amounts: [cost, expected, day >= anomaly.firstDay && day <= anomaly.lastDay ? cost : null], total: null, context: false,
    })),
    low: days.map(({ low }) => low),
    high: days.map(({ high }) => high),
  };
}

export function bandOf(course: ReturnType<typeof courseOf>, color: string): ChartBand[] {
  return [{ id: 'band', label: 'Expected range', color, low: course.low, high: course.high }];
}

/** Why it cost more or less, in a sentence or two. */
export function describeCause({ impact, cause: { price, volume, new: news } }: AnomalyInfo): string {
  const more = sign(impact) >= 0;
  const priced = sign(price) !== 0 && sign(price) === sign(impact);
  const counted = sign(volume) !== 0 && sign(volume) === sign(impact);
  const usage = `${more ? 'more' : 'less'} was used`;
  const prices = `Unit prices are ${more ? 'higher' : 'lower'}`;
  const by = priced && counted ? `${prices} and ${usage}` : priced ? prices : more ? 'More was used' : 'Less was used';
  return news.length === 0 ? `${by}.` : `${by}. New: ${news.join(', ')}.`;
}

/** The charge lines of an anomaly. */
export function linesOf(anomaly: AnomalyInfo): { pathname: string; search: string } {
  const next = new URLSearchParams({ from: anomaly.firstDay, to: anomaly.lastDay });
  if (anomaly.currency !== '') next.set('currency', anomaly.currency);
  writeFilter(next, anomaly.where);
  return { pathname: '/charges', search: `?${next.toString()}` };
}

/** The list as it leaves for Excel or CSV. */
export function anomaliesTable(list: AnomalyInfo[], asOf: string): ShownTable {
  const value = (one: AnomalyInfo, column: string) => one.node.find((level) => level.column === column)?.value ?? null;
  return {
    title: `Anomalies to ${asOf}`,
    columns: [
      ...columnsOfKind('text', 'Id', 'Kind', 'State', 'Provider', 'Account', 'Service', 'Region', 'Currency'), ...columnsOfKind('day', 'First day', 'Last day'),
      ...columnsOfKind('amount', 'Expected', 'Actual', 'Impact', 'Impact per month', 'Of which price', 'Of which volume'), ...columnsOfKind('text', 'New', 'Note'),
    ],
    rows: list.map((one) => [
      one.id, kindWords[one.kind].label, stateWords[one.state].label, value(one, 'Provider'), value(one, 'SubAccountId'), value(one, 'ServiceName'), value(one, 'RegionId'), one.currency, one.firstDay, one.lastDay,
      one.expected, one.actual, one.impact, one.monthOn, one.cause.price, one.cause.volume, one.cause.new.join(', ') || null, one.note || null,
    ]),
    currencyColumn: 7,
  };
}

/** The sensitivities that can be chosen, with what a day must differ by at least; in other currencies the amount is about as large. */
export const sensitivityLevels = [
  { value: 'low', label: 'Low', least: '40 % and 10 USD', hint: 'More than 40 %, 10 USD a day and 6 times the usual variation' },
  { value: 'medium', label: 'Medium', least: '20 % and 1 USD', hint: 'More than 20 %, 1 USD a day and 4 times the usual variation' },
  { value: 'high', label: 'High', least: '12 % and 0.10 USD', hint: 'More than 12 %, 0.10 USD a day and 3 times the usual variation' },
] as const;

/** What a sensitivity is called. */
export function describeSensitivity(level: string): string {
  return sensitivityLevels.find(({ value }) => value === level)?.label ?? level;
}

/** What a day must differ by at least to be an anomaly at a sensitivity. */
export function leastOfSensitivity(level: string): string {
  return sensitivityLevels.find(({ value }) => value === level)?.least ?? '';
}

/** How many anomalies each sensitivity would have found, as it leaves for Excel or CSV. */
export function sensitivityTable(previews: SensitivityPreviewInfo[]): ShownTable {
  return {
    title: 'Anomalies by sensitivity',
    columns: [...columnsOfKind('text', 'Sensitivity'), ...columnsOfKind('day', 'From', 'To'), ...columnsOfKind('count', 'Anomalies')],
    rows: previews.map(({ level, from, to, anomalies }) => [describeSensitivity(level), from, to, String(anomalies.length)]),
    currencyColumn: -1,
  };
}
