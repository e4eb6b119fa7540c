import { countDays, eachMonth, formatDay, formatRange } from '../../lib/days';
import { compare, percentOf } from '../../lib/decimal';
import { formatCounted, formatMoney } from '../../lib/money';
import { formatShare } from '../../lib/percent';
import type { CommitmentInfo, CommitmentMonth, CommitmentPayment, CommitmentPoint, CommitmentUse, PoolInfo, RecommendationInfo, SimulationInfo } from '../../lib/wire';
import type { PillTone } from '../../ui/Pill';

export const tabs = [
  { value: 'list', label: 'Commitments' },
  { value: 'coverage', label: 'Coverage' },
  { value: 'simulator', label: 'Simulator' },
] as const;

export type Tab = (typeof tabs)[number]['value'];

export function isTab(text: string): text is Tab {
  return tabs.some(({ value }) => value === text);
}

/** Whether a text is a discount that can be asked for: a percentage above 0 and below 100 with at most one decimal. */
export function isDiscount(text: string): boolean {
  return /^(0\.[1-9]|[1-9]\d?(\.\d)?)$/.test(text);
}

/** Identifies a commitment: an id may be charged to several billing accounts or in several currencies. */
export function keyOf(one: CommitmentInfo): string {
  return [one.provider, one.billingAccount, one.currency, one.id].join(' ');
}

/** What a commitment is called; without a name the last part of its id, since ids begin alike. */
export function nameOf({ name, id }: { name: string; id: string }): string {
  return name || id.slice(id.lastIndexOf('/') + 1) || id;
}

/** "62.4 %" of a share that Go calculated; a dash where it is not known. */
export function formatPart(share: string | null, digits = 1): string {
  return (share === null ? null : formatShare(share, '1', digits)) ?? '–';
}

const paymentWords: Record<CommitmentPayment, string> = { '': 'payment not in the bill', none: 'nothing upfront', partial: 'part upfront', all: 'all upfront' };

/** "1 year, nothing upfront". */
export function describeTerms(months: number | null, payment: CommitmentPayment): string {
  const term = months === null ? 'Term not in the bill' : months % 12 === 0 ? formatCounted(months / 12, 'year') : formatCounted(months, 'month');
  return `${term}, ${paymentWords[payment]}`;
}

/** When a commitment ends, how urgent that is, and how it is known. */
export function describeExpiry(one: CommitmentInfo): { text: string; tone: PillTone | null; why: string } {
  if (one.ended) return { text: `Ended ${formatDay(one.lastDay)}`, tone: null, why: `Its last charge is of ${formatDay(one.lastDay)}` };
  if (one.expires === '') {
    const why = one.termMonths === null ? 'The export has neither its last day nor its term' : 'It is charged beyond its term, so it was renewed, and the export does not say until when';
    return { text: 'Not in the bill', tone: null, why };
  }
  const day = formatDay(one.expires);
  if (one.expiryKnown === 'latest') return { text: `${day} at the latest`, tone: null, why: 'It ran when the data began; its term ends on this day at the latest' };
  const left = one.daysLeft ?? 0;
  const tone: PillTone | null = left <= 30 ? 'bad' : left <= 90 ? 'plain' : null;
  const why = one.expiryKnown === 'stated' ? 'The bill states this day' : 'Its start, or its first charge, and its term';
  return { text: day, tone, why: `${why}; ${formatCounted(left, 'day')} after the data ends` };
}

/** What the export does not say of a commitment, one sentence each. */
export function gapsOf(one: CommitmentInfo): string[] {
  const gaps: string[] = [];
  if (one.termMonths === null) gaps.push('The export does not say for how long it was bought.');
  if (one.payment === '') gaps.push('The export does not say how it is paid.');
  if (one.expires === '' && !one.ended) gaps.push('The export has no last day, so it is not known when its usage will cost the on-demand price.');
  if (one.monthlyUsed === null) gaps.push('The export does not say how much of it was used. Google Cloud says so only in the fee of its detailed export.');
  if (one.monthlyOnDemand === null && !one.ended) gaps.push('Its usage has no list price, so break-even, net saving and cost of lapse are unknown.');
  else if (one.onDemandUnknown && one.monthlyOnDemand !== null) gaps.push('Part of its usage has no list price and is left out of break-even, net saving and cost of lapse.');
  return gaps;
}

/** The months of a commitment, newest first. */
export function monthsOf(uses: CommitmentUse[], one: CommitmentInfo): CommitmentUse[] {
  return uses.filter(({ id, provider, currency }) => id === one.id && provider === one.provider && currency === one.currency).sort((a, b) => b.month.localeCompare(a.month));
}

/** A sentence on what a commitment left unused beside usage that it could cover. */
export function describeSharing(one: CommitmentInfo): string | null {
  const { sharing, currency } = one;
  if (sharing === null || sharing.monthlyUncovered === null) return null;
  const usage = `${formatMoney(sharing.monthlyUncovered, currency)} ${currency} a month of usage that it could cover was paid at on-demand prices`;
  if (sharing.monthlyLoss === null) return `${usage}. What that cost is unknown, since its own usage has no list price.`;
  const loss = `${formatMoney(sharing.monthlyLoss, currency)} ${currency}`;
  return sharing.slotHours === 1
    ? `${usage}, in hours in which the commitment had ${loss} a month left. Check in which accounts it is shared, and its scope.`
    : `${usage}, on days on which the commitment had up to ${loss} a month left. The bill has no hours, so the two need not fall together. Check in which accounts it is shared, and its scope.`;
}

const programs: Record<string, string> = {
  'aws-compute-savings-plan': 'Compute Savings Plan',
  'aws-ec2-savings-plan': 'EC2 Instance Savings Plan',
  'azure-compute-savings-plan': 'Azure savings plan for compute',
  'azure-vm-reservation': 'Azure reservation',
  'gcp-flexible-cud': 'Flexible committed use discount',
  'gcp-resource-cud': 'Resource-based committed use discount',
};

/** "EC2 Instance Savings Plan · m5 · us-east-1", "Compute Savings Plan · all machines". */
export function describePool({ id, family, region }: Pick<PoolInfo, 'id' | 'family' | 'region'>): string {
  const program = programs[id.split(':')[0] ?? ''] ?? id;
  return family === '' ? `${program} · all machines` : `${program} · ${family} · ${region}`;
}

/** The measures of coverage that are drawn by month. */
export const measures = [
  { value: 'coverage', label: 'Coverage', hint: 'List cost of covered usage ÷ that of all usage of the services in which commitments were used. An estimate: a bill does not show what could have been covered' },
  { value: 'effectiveSavingsRate', label: 'Effective savings rate', hint: '(List − effective) ÷ list, over usage and what commitments left unused' },
] as const;

export type Measure = (typeof measures)[number]['value'];

/** A share as a percentage with one decimal, for the axis; null where it is not known. */
export function percentMark(share: string | null): string | null {
  return share === null ? null : percentOf(share, '1', 1);
}

/** The months of a chart from the first to the last, each with the measure of every provider; months without data are gaps. */
export function coverageRows(months: CommitmentMonth[], measure: Measure): { providers: string[]; rows: { month: string; shares: (string | null)[] }[] } {
  const providers = [...new Set(months.filter((one) => one[measure] !== null).map(({ provider }) => provider))].sort();
  const known = months.map(({ month }) => month).sort();
  const times = eachMonth(`${known[0] ?? ''}-01`, `${known.at(-1) ?? ''}-01`);
  const rows = times.map((month) => ({ month, shares: providers.map((provider) => percentMark(months.find((one) => one.month === month && one.provider === provider)?.[measure] ?? null)) }));
  return { providers, rows };
}

/** Whether a value stands alone, so that a line would not show it. */
export function standsAlone(values: (string | null)[]): boolean {
  return values.some((value, at) => value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null);
}

/** The digits that distinguish the commitments of an axis. */
export function axisDigits(curve: CommitmentPoint[]): number {
  return compare(curve.at(-1)?.hourlyCommitment ?? '0', '0.5') < 0 ? 4 : 2;
}

/** The question of a pool in the address, or of the one with the highest cost. */
export function poolOf(pools: PoolInfo[], wanted: string): PoolInfo | undefined {
  return pools.find(({ id }) => id === wanted) ?? pools[0];
}

/** Which payments the provider of a pool sells. */
export function paymentsOf(provider: string): CommitmentPayment[] {
  return provider === 'AWS' ? ['none', 'partial', 'all'] : provider === 'Google Cloud' ? ['none'] : ['none', 'all'];
}

/** What the chosen commitment comes to, in a sentence. */
export function describeChoice(simulation: SimulationInfo, point: CommitmentPoint, years: number): string {
  const { currency } = simulation.pool;
  const money = (amount: string) => `${formatMoney(amount.replace(/^-/, ''), currency)} ${currency}`;
  const days = formatRange(simulation.from, simulation.to);
  if (point.utilisation === null) return `Without a commitment all usage is paid at on-demand prices, as it was in ${days}.`;
  const hourly = `${formatMoney(point.hourlyCommitment, currency, { digits: 4 })} ${currency} an hour for ${formatCounted(years, 'year')}`;
  const used = `${formatPart(point.utilisation)} of the commitment would have been used and would have covered ${formatPart(point.coverage)} of the usage.`;
  if (point.expectedMonthlySaving.startsWith('-')) return `Based on usage of ${days}, committing ${hourly} would have cost ${money(point.expectedMonthlySaving)} a month more than it saves. Only ${used}`;
  return `Based on usage of ${days}, committing ${hourly} would have saved ${money(point.expectedMonthlySaving)} a month. ${used}`;
}

/** So many days of usage a simulation looks at where the bills have them. */
const simulatedDays = 60;

/** " The bills have only 14 days …": a warning where a commitment of years would rest on little usage; "" where it does not. */
export function describeShort({ from, to }: Pick<SimulationInfo, 'from' | 'to'>): string {
  const days = countDays(from, to);
  return days < simulatedDays ? ` The bills have only ${formatCounted(days, 'day')} of this usage, which is little for a commitment of a year or more.` : '';
}

/** When the best commitment has paid for itself, in a sentence. */
export function describeBreakEven({ deal, optimum: { breakEvenUtilisation: breakEven } }: SimulationInfo, years: number): string {
  if (breakEven === null) return 'No commitment would have saved anything.';
  const pays = `The commitment that saves most pays off while at least ${formatPart(breakEven)} of it is used.`;
  const month = deal.breakEvenMonth === 0 ? ` If the usage ends, it does not break even within ${formatCounted(years, 'year')}.` : ` It breaks even after month ${deal.breakEvenMonth}, even if all usage ends then.`;
  const payback = deal.paybackMonth === 0 ? '' : ` What is paid upfront is back after month ${deal.paybackMonth}.`;
  return pays + month + payback;
}

/** What is known of the end of a running commitment, for the plan. */
export function describeRunning({ expires, expiryKnown, endsWithinTerm }: { expires: string; expiryKnown: string; endsWithinTerm: boolean }): string {
  if (expires === '') return 'End not in the bill; taken to run on';
  const day = expiryKnown === 'latest' ? `${formatDay(expires)} at the latest` : formatDay(expires);
  return endsWithinTerm ? `Ends ${day}, within the term` : `Ends ${day}, after the term`;
}

/** "Now", "In 3 months". */
export function describeWhen(months: number): string {
  return months === 0 ? 'Now' : `In ${formatCounted(months, 'month')}`;
}

/** Why a provider recommends something else than the simulator finds, or why the two cannot be compared. */
export function describeRecommended({ difference, notComparable, pool }: RecommendationInfo): string {
  if (notComparable !== '') return `Not comparable: ${notComparable}`;
  if (difference !== '') return difference;
  const [program = '', region = '', family = ''] = pool.split(':');
  return `For another pool: ${describePool({ id: program, family, region })}.`;
}

/** Where a recommendation of a provider stands: its document and the document's day. */
export const describeSource = ({ document, day }: RecommendationInfo): string => `${document}, ${formatDay(day)}`;
