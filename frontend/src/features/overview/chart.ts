/** The answer of the ledger as the points and series of the chart. */
import { incompleteDays } from '../../lib/completeness';
import { formatDay, formatMonth } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import { formatRatio } from '../../lib/percent';
import type { LedgerState } from '../../lib/wire';
import type { ChartPoint, ChartSeries } from '../../ui/charts/model';
import { noValueLabel } from '../../ui/columnLabel';
import { huesOf, otherKey, seriesColor } from '../../ui/theme/seriesColor';
import { idOf, type Grain } from './model';
import type { CostCourse, Scope } from './queries';

export type CourseChart = { series: ChartSeries[]; points: ChartPoint[]; shares: (string | null)[] };

export function courseChart({ column, spend }: CostCourse, grain: Grain, scope: Scope, state: LedgerState): CourseChart {
  const steps = spend.series?.points ?? [];
  const others = spend.rest !== null || steps.some(({ rest }) => rest !== null);
  const keys = [...spend.rows.map(({ key }) => key), ...(others ? [otherKey] : [])];
  const hues = huesOf(keys);
  const series = keys.map((key, at) => ({
    id: idOf([key]),
    label: key === otherKey ? 'Other' : (spend.rows[at]?.name ?? key ?? noValueLabel(column)),
    color: seriesColor(hues[at] ?? 'grey'),
  }));
  const lacking = lackingText(grain, state, spend.series?.providers ?? []);

  const points = steps.map(({ name, rows, rest, total }, at) => ({
    time: name,
    tick: tickOf(name, at, grain),
    label: grain === 'day' ? formatDay(name) : formatMonth(name, { full: true }),
    amounts: others ? [...rows, rest] : rows,
    total,
    context: grain === 'day' ? name < scope.from || name > scope.to : name < scope.from.slice(0, 7) || name > scope.to.slice(0, 7),
    incomplete: lacking(name),
    empty: total === null,
  }));
  const shares = [...spend.rows, ...(others ? [spend.rest] : [])].map((row) => formatRatio(row?.share ?? '', 0));
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
