/** What the overview makes of the answers of the ledger. Pure: amounts come in as exact text and stay so. */
import type { ProviderFreshness } from '../../lib/completeness';
import { addDays, addMonths, countDays, firstOfMonth, formatDay, formatRange, lastOfMonth } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import type { SpendComparison, SpendPoint } from '../../lib/wire';

export type Grain = 'day' | 'month';

/** Text that stands for a key in a map; no value and the text "null" must not meet. */
export function idOf(keys: (string | null)[]): string {
  return JSON.stringify(keys);
}

type Window = { from: string; to: string };

/** The days a chart shows: the period, reached back to ninety days or thirteen months so that a short one has its context. */
export function chartWindow(period: Window, grain: Grain, ledger: { firstDay: string; lastDay: string }): Window {
  const context = grain === 'day' ? addDays(period.to, -89) : addMonths(firstOfMonth(period.to), -12);
  const start = grain === 'day' ? period.from : firstOfMonth(period.from);
  const from = context < start ? context : start;
  const end = grain === 'day' ? period.to : lastOfMonth(period.to);
  return {
    from: from < ledger.firstDay && start >= ledger.firstDay ? ledger.firstDay : from,
    to: end > ledger.lastDay && period.to <= ledger.lastDay ? ledger.lastDay : end,
  };
}

/** The days of the points from one to another, as far as the ledger reaches; null where it has none of them. */
export function pickedPeriod(points: SpendPoint[], from: number, to: number, ledger: { firstDay: string; lastDay: string }): Window | null {
  const [first, last] = [points[from]?.first, points[to]?.last];
  if (first === undefined || last === undefined || first > ledger.lastDay || last < ledger.firstDay) return null;
  return { from: first < ledger.firstDay ? ledger.firstDay : first, to: last > ledger.lastDay ? ledger.lastDay : last };
}

export function defaultGrain(period: Window): Grain {
  return period.from !== '' && countDays(period.from, period.to) > 92 ? 'month' : 'day';
}

/** "Azure 19–20 Nov, GCP 30 days": the days that a comparison leaves out, by provider; "" where it has all. */
export function missingText(comparison: SpendComparison | null): string {
  const texts = comparison?.missing.map(({ provider, days, spans }) => {
    const named = spans.length > spansMax ? formatCounted(days, 'day') : spans.map(({ from, to }) => formatRange(from, to, { year: false })).join(' and ');
    return `${provider || 'Charges without a provider'} ${named}`;
  });
  return texts?.join(', ') ?? '';
}

/** So many spans of days are named; of more, only the days are counted. */
const spansMax = 3;

/** "3 providers, charges through 20 Nov 2026 · Microsoft Azure 2 days late": how far the data reaches and what it lacks. */
export function dataLine(providers: ProviderFreshness[], lastDay: string): string {
  const late = providers.filter(({ lateDays }) => lateDays > 0);
  const [only] = late;
  const parts = [
    late.length === 1 && only ? `${only.name || 'No provider named'} ${formatCounted(only.lateDays, 'day')} late` : late.length > 1 ? `${late.length} late` : '',
    countedText(providers.filter(({ missingDays }) => missingDays.length > 0).length, 'with missing days'),
    countedText(providers.filter(({ ended }) => ended).length, 'ended'),
  ].filter(Boolean);
  return [`${formatCounted(providers.length, 'provider')}, charges through ${formatDay(lastDay)}`, ...parts].join(' · ');
}

function countedText(count: number, text: string): string {
  return count === 0 ? '' : `${count} ${text}`;
}

/** What a person must know of the data of one provider. */
export function statusOf({ lateDays, ended }: ProviderFreshness): string {
  if (ended) return 'Ended';
  return lateDays > 0 ? `${formatCounted(lateDays, 'day')} late` : 'Up to date';
}

/** "4 Oct 2026, 7–12 Oct 2026 and 3 more spans": days as spans, the latest first. */
export function spansText(days: string[]): string {
  const spans: Window[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else spans.push({ from: day, to: day });
  }
  const named = spans.reverse().slice(0, spansMax).map(({ from, to }) => formatRange(from, to));
  const more = spans.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${formatCounted(more, 'more span', 'more spans')}` : ''}`;
}
