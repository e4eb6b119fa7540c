/** The answers of the ledger as the points and series of the chart. */
import { incompleteDays } from '../../lib/completeness';
import { formatDay, formatMonth } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import { formatShare } from '../../lib/percent';
import type { LedgerState } from '../../lib/wire';
import type { ChartPoint, ChartSeries } from '../../ui/charts/model';
import { noValueLabel } from '../../ui/columnLabel';
import { huesOf, otherKey, seriesColor } from '../../ui/theme/seriesColor';
import { amountOf, idOf, totalOf, type Grain } from './model';
import type { CostCourse, Scope } from './queries';

export type CourseChart = { series: ChartSeries[]; points: ChartPoint[]; shares: (string | null)[] };

export function courseChart(course: CostCourse, grain: Grain, scope: Scope, state: LedgerState): CourseChart {
  const { keys, column, others } = course;
  const ids = [...keys, ...(others ? [otherKey] : [])];
  const hues = huesOf(ids);
  const series = ids.map((key, at) => ({
    id: idOf([key]),
    label: key === otherKey ? 'Other' : (key ?? noValueLabel(column)),
    color: seriesColor(hues[at] ?? 'grey'),
  }));

  const amounts = new Map<string, string | null>();
  for (const row of course.parts.rows) amounts.set(`${row.time} ${idOf(row.keys)}`, amountOf(row));
  for (const row of others?.rows ?? []) amounts.set(`${row.time} ${idOf([otherKey])}`, amountOf(row));
  const totals = new Map(course.totals.rows.map((row) => [row.time, amountOf(row)]));
  const lacking = lackingText(grain, state, course.providers);

  const points = course.times.map((time, at) => ({
    time,
    tick: tickOf(time, at, grain),
    label: grain === 'day' ? formatDay(time) : formatMonth(time, { full: true }),
    amounts: series.map((one) => amounts.get(`${time} ${one.id}`) ?? null),
    total: totals.get(time) ?? null,
    context: grain === 'day' ? time < scope.from || time > scope.to : time < scope.from.slice(0, 7) || time > scope.to.slice(0, 7),
    incomplete: lacking(time),
  }));

  const whole = amountOf(totalOf(course.shares, scope.currency));
  const parts = new Map(course.shares.rows.map((row) => [idOf(row.keys), amountOf(row)]));
  const shares = ids.map((key) => (key === otherKey ? null : formatShare(parts.get(idOf([key])) ?? null, whole, 0)));
  return { series, points, shares };
}

function tickOf(time: string, at: number, grain: Grain): string {
  if (grain === 'day') return formatDay(time, { year: false });
  return formatMonth(time, { year: at === 0 || time.endsWith('-01') });
}

/** Says of a day or a month what it lacks, if anything. */
function lackingText(grain: Grain, state: LedgerState, names: string[]): (time: string) => string | undefined {
  if (grain === 'day') {
    const days = incompleteDays(state.providers.filter((provider) => names.includes(provider.name)), state.lastDay);
    return (day) => {
      const late = days.get(day);
      return late ? `${late.join(', ')} missing` : undefined;
    };
  }
  const months = new Map(state.months.map((month) => [month.month, month]));
  return (time) => {
    const month = months.get(time);
    if (!month || month.complete) return undefined;
    if (time === state.lastDay.slice(0, 7)) return `to ${formatDay(month.lastDay, { year: false })}`;
    return month.missingDays > 0 ? `${formatCounted(month.missingDays, 'day')} missing` : `to ${formatDay(month.lastDay, { year: false })}`;
  };
}
