/** The answer of the ledger as the points and series of the chart. */
import { isDecimal, sign } from '../../lib/decimal';
import { formatDay, formatMonth } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import { formatRatio, shownDirection } from '../../lib/percent';
import type { Spend, SpendPoint, SpendRow } from '../../lib/wire';
import type { HeatColumn, HeatRow } from '../../ui/charts/heat';
import type { ChartPoint, ChartSeries } from '../../ui/charts/model';
import type { Slice } from '../../ui/charts/slices';
import { noValueLabel } from '../../ui/columnLabel';
import { huesOf, otherKey, seriesColor } from '../../ui/theme/seriesColor';
import { providerColumn } from './dimensions';
import { idOf, type Grain } from './model';
import type { CostCourse, Scope } from './queries';

/** The chart of a course; shares are of all that is drawn. */
export type CourseChart = { series: ChartSeries[]; points: ChartPoint[]; shares: (string | null)[] };

/** The values that have a series of their own: those of the period, then those that only days around it have. */
export function namedIn({ rows, series }: Pick<Spend, 'rows' | 'series'>): SpendRow[] {
  return [...rows, ...(series?.further ?? [])];
}

export function courseChart({ column, spend }: Pick<CostCourse, 'column' | 'spend'>, grain: Grain, scope: Scope): CourseChart {
  const steps = spend.series?.points ?? [];
  const others = spend.rest !== null || steps.some(({ rest }) => rest !== null);
  const named = namedIn(spend);
  const keys = [...named.map(({ key }) => key), ...(others ? [otherKey] : [])];
  const hues = huesOf(keys);
  const series = keys.map((key, at) => ({
    id: idOf([key]),
    label: key === otherKey ? 'Other' : (named[at]?.name ?? key ?? noValueLabel(column)),
    color: seriesColor(hues[at] ?? 'grey'),
  }));

  const points = steps.map((step, at) => {
    const { name, rows, rest, total } = step;
    // No data of a provider is not a cost of zero.
    const known = column === providerColumn ? rows.map((amount, row) => (isLacking(step, named[row]) && !costs(amount) ? null : amount)) : rows;
    return {
      time: name,
      tick: tickOf(name, at, grain),
      label: grain === 'day' ? formatDay(name) : formatMonth(name, { full: true }),
      amounts: others ? [...known, rest] : known,
      total,
      context: grain === 'day' ? name < scope.from || name > scope.to : name < scope.from.slice(0, 7) || name > scope.to.slice(0, 7),
      incomplete: lackingText(step, spend.series?.to ?? '', grain),
      empty: total === null,
    };
  });
  const shares = keys.map((key, at) => formatRatio((key === otherKey ? spend.series?.restShare : spend.series?.shares[at]) ?? '', 0));
  return { series, points, shares };
}

/** Nothing of what is known can be seen: every amount rounds to zero, such as where credits cancel the usage. */
export function roundsToZero(points: ChartPoint[], currency: string): boolean {
  const amounts = points.flatMap((point) => point.amounts).filter((amount) => amount !== null);
  return amounts.length > 0 && amounts.every((amount) => isDecimal(amount) && shownDirection(amount, currency) === 0);
}

/** The parts of a breakdown at each step of their course. */
export function breakdownHeat(column: string, spend: Spend, scope: Scope): { rows: HeatRow[]; columns: HeatColumn[]; grain: Grain } {
  const grain = spend.series?.grain === 'day' ? 'day' : 'month';
  const { series, points } = courseChart({ column, spend }, grain, scope);
  const rows = series.map(({ id, label }, row) => ({ id, label, amounts: points.map(({ amounts }) => amounts[row] ?? null) }));
  return { rows, columns: points.map(({ time, tick, label }) => ({ time, tick, label })), grain };
}

/** The parts of a breakdown as pieces of a whole; what is not among its rows is one piece. */
export function breakdownSlices(column: string, { rows, rest }: Pick<Spend, 'rows' | 'rest'>): Slice[] {
  const parts = [...rows.map(({ key, name, amount }) => ({ key, label: name ?? key ?? noValueLabel(column), amount })), ...(rest ? [{ key: otherKey, label: 'Other', amount: rest.amount }] : [])];
  const hues = huesOf(parts.map(({ key }) => key));
  return parts.flatMap(({ key, label, amount }, at) => (amount === null ? [] : [{ id: idOf([key]), label, amount, color: seriesColor(hues[at] ?? 'grey') }]));
}

function isLacking({ lacking }: SpendPoint, row: SpendRow | undefined): boolean {
  return row !== undefined && lacking.includes(row.name ?? row.key ?? '');
}

function costs(amount: string | null): boolean {
  return amount !== null && isDecimal(amount) && sign(amount) !== 0;
}

function tickOf(time: string, at: number, grain: Grain): string {
  if (grain === 'day') return formatDay(time, { year: false });
  return formatMonth(time, { year: at === 0 || time.endsWith('-01') });
}

/** At most this many providers are named; of more, only the number is. */
const namesMax = 3;

/** What a day or a month lacks, if anything. */
function lackingText({ last, lacking }: SpendPoint, to: string, grain: Grain): string | undefined {
  // A month goes on after the newest day of the data.
  if (last > to) return `to ${formatDay(to, { year: false })}`;
  if (lacking.length === 0) return undefined;
  const names = lacking.length > namesMax ? formatCounted(lacking.length, 'provider') : lacking.map((name) => name || 'charges without a provider').join(', ');
  return grain === 'day' ? `${names} missing` : `${names} with days missing`;
}
