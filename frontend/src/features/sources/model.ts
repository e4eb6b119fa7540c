import { formatAge, formatAhead, formatDay, formatDuration, formatInstant, formatMonth } from '../../lib/days';
import { formatMonths } from '../../lib/monthRanges';
import { formatBytes, formatCount, formatCounted, formatMoney } from '../../lib/money';
import { changeOf } from '../../lib/percent';
import type { BillChange, ConnectionInfo, DayChange, JobInfo, ShownTable, SyncRunInfo, TestStep } from '../../lib/wire';
import { columnsOfKind } from '../../lib/table';
import type { PillTone } from '../../ui/Pill';

export const tabs = [
  { value: 'connections', label: 'Connections' },
  { value: 'history', label: 'History' },
  { value: 'schedule', label: 'Schedule' },
  { value: 'network', label: 'Network' },
] as const;

export type Tab = (typeof tabs)[number]['value'];

export function isTab(text: string): text is Tab {
  return tabs.some(({ value }) => value === text);
}

/** What a person sees first of a connection. */
export function describeConnection({ missingSecrets, problem, lastRun, standing }: ConnectionInfo, job: JobInfo | undefined): { tone: PillTone; label: string } {
  if (job) return { tone: 'plain', label: job.state === 'paused' ? 'Paused' : 'Syncing' };
  if (missingSecrets.length > 0) return { tone: 'bad', label: 'Enter its secret again' };
  if (problem !== '') return { tone: 'bad', label: 'Cannot be used' };
  if (!lastRun) return { tone: 'plain', label: 'Never synced' };
  if (lastRun.state === 'interrupted') return { tone: 'bad', label: 'Interrupted' };
  if (standing.failingSince !== '') return { tone: 'bad', label: lastRun.state === 'unanswered' ? 'No answer' : 'Failed' };
  return standing.syncedAt === '' ? { tone: 'plain', label: 'Never synced' } : { tone: 'good', label: 'Up to date' };
}

/** What to do about a connection that cannot be used; "" = it can. */
export function describeProblem({ missingSecrets, problem }: ConnectionInfo): string {
  if (missingSecrets.length > 0) return `The keychain of this computer does not have: ${missingSecrets.join(', ')}. Enter it again.`;
  return problem;
}

/** Since when a connection fails, why, and what happens next; "" = the last sync went well. */
export function describeFailure({ lastRun, standing }: ConnectionInfo, now: number): string {
  if (!lastRun || standing.failingSince === '') return '';
  const next = standing.retryAt !== '' ? ` Next try ${formatAhead(standing.retryAt, now)}.` : lastRun.state === 'unanswered' ? ' Sync to try again.' : '';
  const kept = standing.syncedAt !== '' ? ' Bills imported earlier are kept.' : '';
  const why = /[.!?]$/.test(lastRun.note) ? lastRun.note : `${lastRun.note}.`;
  return `Failing since ${formatInstant(standing.failingSince)}: ${why}${next}${kept}`;
}

/** "Aug – Nov 2026, 2 exports, 12 MB". */
export function describeMonths({ months }: ConnectionInfo): string {
  if (months.length === 0) return 'Nothing yet';
  const named = [...new Set(months.map(({ month }) => month).filter((month) => month !== ''))];
  const exports = new Set(months.map(({ dataSet }) => dataSet)).size;
  const size = formatBytes(months.reduce((sum, { bytes }) => sum + bytes, 0));
  return [named.length > 0 ? formatMonths(named) : formatCounted(months.reduce((sum, { files }) => sum + files, 0), 'file'), exports > 1 ? formatCounted(exports, 'export') : '', size].filter((part) => part !== '').join(', ');
}

/** "EC2 instances, EBS volumes 2 h ago": what was read beside bills, by when the newest of it was read. */
export function describeExtras({ extras }: ConnectionInfo, now: number): string {
  const newest = extras.map(({ readAt }) => readAt).reduce((one, other) => (other > one ? other : one), '');
  const stale = extras.filter(({ readAt }) => readAt.slice(0, 10) < newest.slice(0, 10)).map(({ name, readAt }) => `${name} (${formatAge(readAt, now)})`);
  const fresh = extras.filter(({ readAt }) => readAt.slice(0, 10) === newest.slice(0, 10)).map(({ name }) => name);
  return `${[...fresh, ...stale].join(', ')}. Last read ${formatAge(newest, now)}`;
}

/** Whether bills can be synced by what a test has tried, and what a person must know first of it. */
export function describeSteps(steps: TestStep[]): { usable: boolean; summary: string } {
  const failed = steps.filter(({ ok }) => !ok);
  const usable = steps.length > 0 && failed.every(({ beside }) => beside);
  if (failed.length === 0) return { usable, summary: 'All steps worked.' };
  const names = failed.map(({ name }) => name.charAt(0).toLowerCase() + name.slice(1)).join(', ');
  return { usable, summary: usable ? `Bills can be synced. Did not work: ${names}.` : `Bills cannot be synced yet. Did not work: ${names}.` };
}

const runStates: Record<string, { tone: PillTone; label: string }> = {
  running: { tone: 'plain', label: 'Running' },
  done: { tone: 'good', label: 'Done' },
  failed: { tone: 'bad', label: 'Failed' },
  unanswered: { tone: 'bad', label: 'No answer' },
  cancelled: { tone: 'plain', label: 'Cancelled' },
  interrupted: { tone: 'bad', label: 'Interrupted' },
};

export function describeRun({ state }: SyncRunInfo): { tone: PillTone; label: string } {
  return runStates[state] ?? { tone: 'plain', label: state };
}

/** "All bills of Oct 2026: 7.00 USD, +4.00 USD (+133 %)": what the bills of a month of all connections and files come to, and by how much that changed. */
export function describeBill({ month, currency, before, after, change, relative }: BillChange): string {
  if (before === '0') return `All bills of ${formatMonth(month)}: ${formatMoney(after, currency)} ${currency}, new`;
  return `All bills of ${formatMonth(month)}: ${formatMoney(after, currency)} ${currency}, ${describeChange(change, relative, currency)}`;
}

/** "19 Nov: 7.00 USD, +4.00 USD (+133 %) against the day before". */
export function describeDay({ day, currency, amount, change, relative, partial }: DayChange): string {
  const against = change === '0' ? 'the same as the day before' : `${describeChange(change, relative, currency)} against the day before`;
  return `${formatDay(day)}: ${formatMoney(amount, currency)} ${currency}, ${against}${partial ? '; the provider may add to it' : ''}`;
}

function describeChange(change: string, relative: string, currency: string): string {
  const percent = changeOf(change, relative, currency)?.percent ?? null;
  return `${formatMoney(change, currency, { signed: true })} ${currency}${percent === null ? '' : ` (${percent})`}`;
}

/** How many months with another cost are listed of a sync. */
const billsShown = 3;

/** What a sync changed, a line each. */
export function describeChanges({ bills, days }: SyncRunInfo): string[] {
  const months = [...new Set(bills.map(({ month }) => month))]; // a month may have bills in several currencies
  const shown = new Set(months.slice(0, billsShown));
  const more = months.length - billsShown;
  return [...bills.filter(({ month }) => shown.has(month)).map(describeBill), ...(more > 0 ? [`and ${formatCounted(more, 'earlier month')}`] : []), ...days.map((day) => `Newest day, ${describeDay(day)}`)];
}

/** When a connection was synced, and what its last sync did: one entry while that went well, else another one on the last. */
export function describeSyncs({ lastRun, standing }: ConnectionInfo, job: JobInfo | undefined, now: number): [label: string, lines: string[]][] {
  const synced: [string, string[]] = ['Synced', [standing.syncedAt === '' ? 'Not yet' : formatAge(standing.syncedAt, now)]];
  if (!lastRun || job) return [synced];
  const last = describeLastRun(lastRun, now);
  if (lastRun.state === 'done') return [['Synced', [last, lastRun.note]]];
  return [synced, ['Last sync', [last, standing.failingSince === '' ? lastRun.note : ''].filter((line) => line !== '')]];
}

/** "2 h ago, took 12 s, 14 calls, 3.4 MB received". */
function describeLastRun({ startedAt, seconds, calls, received }: SyncRunInfo, now: number): string {
  return [formatAge(startedAt, now), seconds > 0 ? `took ${formatDuration(seconds)}` : '', calls > 0 ? formatCounted(calls, 'call') : '', received > 0 ? `${formatBytes(received)} received` : ''].filter((part) => part !== '').join(', ');
}

/** The syncs as they leave for Excel or CSV. */
export function historyTable(runs: SyncRunInfo[], nameOf: (id: string) => string): ShownTable {
  return {
    title: 'Syncs',
    columns: [...columnsOfKind('time', 'Started', 'Ended'), ...columnsOfKind('text', 'Connection', 'State'), ...columnsOfKind('count', 'Months', 'Files', 'Lines', 'Calls', 'Retries', 'Bytes received'), ...columnsOfKind('text', 'Charged', 'Change in bills', 'Result')],
    rows: runs.map((run) => [run.startedAt, run.endedAt, nameOf(run.connection), describeRun(run).label, ...[run.months, run.files, run.lines, run.calls, run.retries, run.received].map(String), run.charged, run.totals.map(({ change, currency }) => `${change} ${currency}`).join(', '), run.note]),
    currencyColumn: -1,
  };
}

/** A count in a table, where nothing is a dash. */
export function countOrDash(count: number): string {
  return count === 0 ? '–' : formatCount(count);
}
