import { type AccountNames } from '../../lib/accountNames';
import { billKey, currenciesOf, describeBill, sameName } from '../../lib/bill';
import { formatExport } from '../../lib/fileFormat';
import { describeFiles } from '../../lib/fileName';
import { formatCounted } from '../../lib/money';
import type { BillFilter, BillInfo, BillVersion, Condition, IngestBill } from '../../lib/wire';

/** The choice that lets every export of a bill count. */
export const allExports = '*';

export function matchesFilter({ provider, billingAccount, month, versions }: BillInfo, filter: BillFilter): boolean {
  return (
    (filter.month === null || month === filter.month) &&
    (filter.provider === null || sameName(provider, filter.provider)) &&
    (filter.account === null || sameName(billingAccount, filter.account)) &&
    (filter.importId === null || versions.some((version) => version.importId === filter.importId))
  );
}

/** The values of one part of the bills, months from the newest. */
export function valuesOf(bills: BillInfo[], part: keyof IngestBill): string[] {
  const values = [...new Set(bills.map((bill) => bill[part]))].sort();
  return part === 'month' ? values.reverse() : values;
}

export function versionsIn(info: BillInfo, state: BillVersion['state']): BillVersion[] {
  return info.versions.filter((version) => version.state === state);
}

/** The versions of a bill that count or could. */
export function currentVersions(info: BillInfo): BillVersion[] {
  return info.versions.filter((version) => version.state === 'counted' || version.state === 'excluded');
}

/** What each import and export brought last of a bill, as far as it was not undone: what counts once the bill does. */
export function newestVersions(info: BillInfo): BillVersion[] {
  const [newest] = info.versions.filter((version) => version.state !== 'undone');
  return info.versions.filter((version) => version.state === 'excluded' || version.importId === newest?.importId);
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

/** The choice that of a bill which goes by two accounts the charges under this one count. */
export const thisAccount = '=';

export type ExportChoice = { exportName: string; label: string; used: boolean; lines: number; lastDay: string; canUse: boolean };

/** The exports of a bill, those that are used first; each but the only one that is used can be used in place of the others. */
export function exportChoices(info: BillInfo): ExportChoice[] {
  const current = currentVersions(info);
  const counted = exportsOf(versionsIn(info, 'counted'));
  const choices = exportsOf(current).map((exportName): ExportChoice => {
    const versions = current.filter((version) => version.export === exportName);
    const used = counted.includes(exportName);
    return {
      exportName,
      label: exportLabel(info, exportName),
      used,
      lines: versions.reduce((sum, { lines }) => sum + lines, 0),
      lastDay: versions.map(({ lastDay }) => lastDay).sort().at(-1) ?? '',
      canUse: !used || counted.length > 1,
    };
  });
  return [...choices.filter(({ used }) => used), ...choices.filter(({ used }) => !used)];
}

/** Why nothing of a bill is in the totals. */
export function describeUncounted(info: BillInfo, nameOf: AccountNames): string {
  if (info.countedUnder) return `Not counted: the same charges are counted under ${describeBill(info.countedUnder, nameOf(info.countedUnder.billingAccount))}.`;
  return versionsIn(info, 'excluded').length > 0 ? 'Not counted: another bill has the same charges.' : 'Not counted: its imports were undone or replaced.';
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

/** The currency of a row: the one most of the ledger is in where the bill has it. */
export function mainCurrency(info: BillInfo, preferred: string[]): string {
  const own = currenciesOf(info.totals);
  return preferred.find((code) => own.includes(code)) ?? own[0] ?? '';
}

/** Which charge lines make up the bill, however their exports spell it. */
export function billConditions({ provider, billingAccount, month }: IngestBill): Condition[] {
  const issuer: Condition[] = provider === '' ? [] : [{ column: 'Provider', op: 'in', values: [provider] }];
  return [
    ...issuer,
    { column: 'BillingAccount', op: 'in', values: [billingAccount === '' ? null : billingAccount] },
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
  const at = bills.findIndex((info) => billKey(info) === key);
  return at < 0 ? null : (bills[at + step] ?? null);
}
