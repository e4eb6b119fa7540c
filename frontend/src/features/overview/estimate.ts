/** What is estimated of days that have not arrived yet. It is drawn, and in no figure of the ledger. */
import { add } from '../../lib/decimal';
import { addDays, formatRange } from '../../lib/days';
import { formatMoney } from '../../lib/money';
import { formatRatio } from '../../lib/percent';
import type { EstimateInfo } from '../../lib/wire';
import { seriesColor } from '../../ui/theme/seriesColor';
import type { ChartPoint } from '../../ui/charts/model';
import type { CourseChart } from './chart';

/** A daily chart with the estimate as one more series. Days that follow its last one are added. */
export function withEstimate({ series, points, shares }: CourseChart, { days, currency }: EstimateInfo): CourseChart {
  const last = points.at(-1)?.time;
  const estimates = new Map(days.map((day) => [day.day, day]));
  const known = points.map((point): ChartPoint => ({ ...point, amounts: [...point.amounts, null] }));
  const follow = last !== undefined && estimates.has(addDays(last, 1)) ? days.filter(({ day }) => day > last) : [];
  const added = follow.map(({ day }): ChartPoint => ({ time: day, tick: formatRange(day, day, { year: false }), label: formatRange(day, day), amounts: [...series.map(() => null), null], total: null, context: false, empty: true, emptyText: 'estimated' }));
  const drawn = [...known, ...added].map((point) => {
    const estimate = estimates.get(point.time);
    if (!estimate) return point;
    const note = `Estimate, 80 % range ${formatMoney(estimate.low80, currency)} to ${formatMoney(estimate.high80, currency)}. Not in the total`;
    return { ...point, amounts: [...point.amounts.slice(0, -1), estimate.amount], note };
  });
  if (drawn.every(({ note }) => note === undefined)) return { series, points, shares };
  return { series: [...series, { id: 'estimate', label: 'Estimate', color: seriesColor('grey'), style: 'estimate' }], points: drawn, shares: [...shares, null] };
}

/** What is estimated and how sure that is; whatever cannot be estimated says why. */
export function describeEstimate({ sets, currency }: EstimateInfo): string[] {
  if (sets.length === 0) return ['Nothing is estimated: the data of each provider reaches yesterday, or is too old.'];
  const lines: string[] = [];
  const estimated = sets.filter(({ refused }) => refused === '');
  const [first] = estimated;
  if (first) {
    const providers = [...new Set(estimated.map(({ provider }) => provider || 'charges without a provider'))].join(', ');
    const from = estimated.map((set) => set.from).sort()[0] ?? first.from;
    const amount = estimated.reduce((sum, set) => add(sum, set.amount), '0');
    const error = estimated.map((set) => set.error).filter((text) => text !== '').sort((a, b) => Number(b) - Number(a))[0];
    const tested = error === undefined ? '' : ` In back-tests, single days were off by ${formatRatio(error, 0) ?? '–'}.`;
    lines.push(`Estimate of ${providers} for ${formatRange(from, first.to)}: ${formatMoney(amount, currency)} ${currency}. Each day is expected within its 80 % range four times in five.${tested} Not in totals, exports or reconciliation.`);
  }
  for (const { provider, account, refused } of sets.filter((set) => set.refused !== '')) lines.push(`No estimate of ${provider} ${account}: ${refused}`);
  return lines;
}
