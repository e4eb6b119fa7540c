/** What the overview makes of the answers of the ledger. Pure: amounts come in as exact text and stay so. */
import { addDays, formatDay, formatRange } from '../../lib/days';
import { formatCount, formatCounted } from '../../lib/money';
import { columnsOfKind } from '../../lib/table';
import type { DaySpan, ProviderState, ShownTable, SpendComparison, SpendPoint } from '../../lib/wire';

export type Grain = 'day' | 'month';

/** Text that stands for a key in a map; no value and the text "null" must not meet. */
export function idOf(keys: (string | null)[]): string {
  return JSON.stringify(keys);
}

/** The days of the points from one to another, as far as the ledger reaches; null where it has none of them. */
export function pickedPeriod(points: SpendPoint[], from: number, to: number, ledger: { firstDay: string; lastDay: string }): DaySpan | null {
  const [first, last] = [points[from]?.first, points[to]?.last];
  if (first === undefined || last === undefined || first > ledger.lastDay || last < ledger.firstDay) return null;
  return { from: first < ledger.firstDay ? ledger.firstDay : first, to: last > ledger.lastDay ? ledger.lastDay : last };
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

/** "Not compared: 21–31 Oct": days of the earlier period that the change leaves out though they have charges; "" where there are none. */
export function unusedText({ unused, from, to }: SpendComparison): string {
  return unused.length === 0 ? '' : `Not compared: ${unused.map((span) => formatRange(span.from, span.to, { year: from.slice(0, 4) !== to.slice(0, 4) })).join(' and ')}`;
}

/** "3 providers, charges through 20 Nov 2026 · Microsoft Azure 2 days late": how far the data reaches and what it lacks. */
export function dataLine(providers: ProviderState[], lastDay: string): string {
  const late = providers.filter(({ lateDays }) => lateDays > 0);
  const [only] = late;
  const parts = [
    late.length === 1 && only ? `${only.provider || 'No provider named'} ${formatCounted(only.lateDays, 'day')} late` : late.length > 1 ? `${late.length} late` : '',
    countedText(providers.filter(({ missingDays }) => missingDays.length > 0).length, 'with missing days'),
    countedText(providers.filter(({ ended }) => ended).length, 'ended'),
  ].filter(Boolean);
  return [`${formatCounted(providers.length, 'provider')}, charges through ${formatDay(lastDay)}`, ...parts].join(' · ');
}

function countedText(count: number, text: string): string {
  return count === 0 ? '' : `${count} ${text}`;
}

/** What a person must know of the data of one provider, beside the newest day of all. */
export function statusOf({ lateDays, ended }: ProviderState): string {
  if (ended) return 'Ended';
  return lateDays > 0 ? `${formatCounted(lateDays, 'day')} late` : 'Most recent';
}

/** "4 Oct 2026, 7–12 Oct 2026 and 3 more spans": days as spans, the latest first. */
export function spansText(days: string[]): string {
  const spans: DaySpan[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else spans.push({ from: day, to: day });
  }
  const named = spans.reverse().slice(0, spansMax).map(({ from, to }) => formatRange(from, to));
  const more = spans.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${formatCounted(more, 'more span', 'more spans')}` : ''}`;
}

/** How far the data of each provider reaches, as it leaves for Excel or CSV. */
export function freshnessTable(providers: ProviderState[]): ShownTable {
  return {
    title: 'Data by provider',
    columns: [...columnsOfKind('text', 'Provider'), ...columnsOfKind('day', 'Charges from', 'Charges through'), ...columnsOfKind('count', 'Lines'), ...columnsOfKind('text', 'Status', 'Earlier days without charges')],
    rows: providers.map((one) => [one.provider || null, one.firstDay, one.lastDay, String(one.lines), statusOf(one), one.missingDays.join(' ') || null]),
    currencyColumn: -1,
  };
}
