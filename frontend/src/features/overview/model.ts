/** What the overview makes of the answers of the ledger. Pure: amounts come in as exact text and stay so. */
import { addDays, addMonths, countDays, firstOfMonth, formatRange, lastOfMonth } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import type { SpendComparison } from '../../lib/wire';

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
