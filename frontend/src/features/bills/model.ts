import { type AccountNames } from '../../lib/accountNames';
import { billKey, currenciesOf, metricLabel, metricsOf, sameName, totalOf } from '../../lib/bill';
import { columnsOfKind } from '../../lib/table';
import { formatExport } from '../../lib/fileFormat';
import { describeFiles } from '../../lib/fileName';
import { formatRange } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import type { BillInfo, BillName, BillVersion, Condition, ShownTable } from '../../lib/wire';

/** What the list is narrowed to; null leaves a part of the bill open. */
export type BillFilter = { month: string | null; provider: string | null; account: string | null; importId: number | null };

/** The choice that lets every export of a bill count. */
export const allExports = '*';

export function matchesFilter({ bill, versions }: BillInfo, filter: BillFilter): boolean {
  return (
    (filter.month === null || bill.month === filter.month) &&
    (filter.provider === null || sameName(bill.provider, filter.provider)) &&
    (filter.account === null || sameName(bill.account, filter.account)) &&
    (filter.importId === null || versions.some((version) => version.importId === filter.importId))
  );
}

/** The values of one part of the bills, months from the newest. */
export function valuesOf(bills: BillInfo[], part: keyof BillName): string[] {
  const values = [...new Set(bills.map(({ bill }) => bill[part]))].sort();
  return part === 'month' ? values.reverse() : values;
}

export function versionsIn(info: BillInfo, state: BillVersion['state']): BillVersion[] {
  return info.versions.filter((version) => version.state === state);
}

/** The versions of a bill that count or could. */
export function currentVersions(info: BillInfo): BillVersion[] {
  return info.versions.filter((version) => version.state === 'counted' || version.state === 'excluded');
}

/** The names of the exports that some versions are from. */
export function exportsOf(versions: BillVersion[]): string[] {
  return [...new Set(versions.map((version) => version.export))];
}

/** Whether a bill comes from several exports, so that one may be chosen. */
export function severalExports(info: BillInfo): boolean {
  return exportsOf(currentVersions(info)).length > 1;
}

/** Whether the costs of several exports are added. */
export function countsAll(info: BillInfo): boolean {
  return info.sourceOfRecord === allExports && exportsOf(versionsIn(info, 'counted')).length > 1;
}

/** Whether the export of this version can be used in place of others. */
export function canUse(info: BillInfo, version: BillVersion): boolean {
  if (!severalExports(info) || (version.state !== 'counted' && version.state !== 'excluded')) return false;
  const counted = exportsOf(versionsIn(info, 'counted'));
  return counted.length > 1 || !counted.includes(version.export);
}

function viewOf(part: string): string {
  return part.split('/')[0] ?? '';
}

/** The version that this one took the place of, as far as its lines are still there. */
export function predecessorOf(info: BillInfo, version: BillVersion): BillVersion | null {
  if (version.state === 'undone') return null;
  const at = info.versions.indexOf(version);
  const twin = info.versions.findIndex((other) => other.importId === version.importId && other.export === version.export);
  // An import may bring several parts of one view; they are compared as a whole, once.
  if (twin !== at) return null;
  const sameView = (other: BillVersion) => viewOf(other.part) === viewOf(version.part) || other.part === '' || version.part === '';
  return info.versions.slice(at + 1).find((other) => other.importId !== version.importId && other.export === version.export && other.state !== 'undone' && sameView(other)) ?? null;
}

/** "FOCUS", "Azure, amortized costs and Azure, actual costs: …": the exports that count. */
export function countedExports(info: BillInfo): string {
  const words = versionsIn(info, 'counted').map((version) => formatExport(version.export, version.part));
  const each = [...new Set(words)];
  return each.length === 0 ? 'Nothing' : each.join(' and ');
}

export function countedFiles(info: BillInfo): string {
  const files = [...new Set(versionsIn(info, 'counted').flatMap((version) => version.files))];
  if (files.length > 2) return formatCounted(files.length, 'file');
  return files.length === 0 ? '' : describeFiles(files);
}

/** An export of this bill: with its view where there is only one. */
export function exportLabel(info: BillInfo, exportName: string): string {
  const words = [...new Set(currentVersions(info).flatMap((version) => (version.export === exportName ? formatExport(version.export, version.part) : [])))];
  return words.length === 1 ? words.join('') : formatExport(exportName, '');
}

/** The state of a version in words. */
export function describeState({ state, replacedBy }: BillVersion): string {
  switch (state) {
    case 'counted':
      return 'Counted';
    case 'excluded':
      return 'Not counted';
    case 'replaced':
      return replacedBy > 0 ? `Replaced by import ${replacedBy}` : 'Replaced';
    case 'undone':
      return 'Undone';
  }
}

/** The state of a version where only some days of its import are in it: "1–5 Nov 2026 replaced by import 4". */
export function describeStateOf(info: BillInfo, version: BillVersion): string {
  const { importId, export: name, part, state, firstDay, lastDay } = version;
  const split = info.versions.some((other) => other !== version && other.importId === importId && other.export === name && other.part === part);
  if (!split) return describeState(version);
  if (state === 'counted') return 'Partly counted';
  const text = describeState(version);
  return `${formatRange(firstDay, lastDay)} ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** The currency of a row: the one most of the ledger is in where the bill has it. */
export function mainCurrency(info: BillInfo, preferred: string[]): string {
  const own = currenciesOf(info.totals);
  return preferred.find((code) => own.includes(code)) ?? own[0] ?? '';
}

/** Which charge lines make up the bill, however their exports spell it. */
export function billConditions({ bill: { provider, account, month } }: BillInfo): Condition[] {
  const issuer: Condition[] = provider === '' ? [] : [{ column: 'Provider', op: 'in', values: [provider] }];
  return [
    ...issuer,
    { column: 'BillingAccount', op: 'in', values: [account === '' ? null : account] },
    { column: 'BillingPeriodStart', op: 'contains', values: [month] },
  ];
}

/** The first and last day that the counted versions have charges of. */
export function countedDays(info: BillInfo): { from: string; to: string } {
  const counted = versionsIn(info, 'counted');
  const from = counted.map((version) => version.firstDay).sort()[0] ?? '';
  return { from, to: info.lastDay };
}

/** The bill before or after another in the list. */
export function neighbour(bills: BillInfo[], key: string, step: 1 | -1): BillInfo | null {
  const at = bills.findIndex((info) => billKey(info.bill) === key);
  return at < 0 ? null : (bills[at + step] ?? null);
}

/** Every version of some bills with all its totals: a row for each version and currency. */
export function historyTable(bills: BillInfo[], nameOf: AccountNames): ShownTable {
  const metrics = metricsOf(bills.flatMap((info) => info.versions.flatMap((version) => version.totals)));
  const rows = bills.flatMap(({ bill, versions }) =>
    versions.flatMap((version) => {
      const currencies = currenciesOf(version.totals);
      const about = [bill.month, bill.provider, bill.account, nameOf(bill.account), String(version.importId), version.importedAt, version.user, formatExport(version.export, version.part), describeState(version), version.files.join('; '), String(version.lines), version.firstDay, version.lastDay];
      return (currencies.length === 0 ? [''] : currencies).map((currency) => [...about, currency, ...metrics.map((metric) => totalOf(version.totals, metric, currency))]);
    }),
  );
  return {
    title: 'History of bills',
    columns: [
      ...columnsOfKind('month', 'Month'),
      ...columnsOfKind('text', 'Provider', 'Billing account', 'Account name', 'Import'),
      ...columnsOfKind('time', 'Imported'),
      ...columnsOfKind('text', 'By', 'Export', 'State', 'Files'),
      ...columnsOfKind('count', 'Lines'),
      ...columnsOfKind('day', 'First day', 'Last day'),
      ...columnsOfKind('text', 'Currency'),
      ...columnsOfKind('amount', ...metrics.map(metricLabel)),
    ],
    currencyColumn: 13,
    rows,
  };
}
