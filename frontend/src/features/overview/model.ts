/** What the overview makes of the answers of the ledger. Pure: amounts come in as exact text and stay so. */
import { countDays, formatRange } from '../../lib/days';
import { formatCount, formatCounted } from '../../lib/money';
import type { DaySpan, SpendComparison } from '../../lib/wire';

export type Grain = 'day' | 'month';

/** Text that stands for a key in a map; no value and the text "null" must not meet. */
export function idOf(keys: (string | null)[]): string {
  return JSON.stringify(keys);
}

export function defaultGrain(period: { from: string; to: string }): Grain {
  return period.from !== '' && countDays(period.from, period.to) > 92 ? 'month' : 'day';
}

/** "Azure 19–20 Nov, GCP 30 days": the days that a comparison leaves out, by provider; "" where it has all. */
export function missingText(comparison: SpendComparison | null): string {
  const texts = comparison?.missing.map(({ provider, days, now, before }) => {
    const spans = [...before, ...now];
    const named = spans.length > spansMax ? formatCounted(days, 'day') : spans.map(({ from, to }) => formatRange(from, to, { year: differs(now, before) })).join(' and ');
    return `${provider || 'Charges without a provider'} ${named}`;
  });
  return texts?.join(', ') ?? '';
}

/** Whether missing days are of several years, so that each says its own. */
function differs(now: DaySpan[], before: DaySpan[]): boolean {
  return new Set([...now, ...before].map(({ from }) => from.slice(0, 4))).size > 1;
}

/** So many spans of days are named; of more, only the days are counted. */
const spansMax = 3;

/** "Compared over 18 of 20 days"; "" where the periods are compared as a whole. */
export function comparedText({ whole, days, ofDays }: SpendComparison): string {
  return whole || days === ofDays ? '' : `Compared over ${formatCount(days)} of ${formatCounted(ofDays, 'day')}`;
}
