import { describeProvider } from '../../lib/bill';
import { formatDay, formatRange } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import type { PassportCoverageDocument, PassportDayState, PassportDocument, PassportFindingDocument, PassportMonthDocument, PassportReadinessDocument, PassportSetDocument, PassportSeverity, PassportShareDocument } from '../../lib/wire';

/** A row of the days with data: a month, or several of which all days are missing, and the first of them. */
export type StripRow = { months: string[]; one: PassportMonthDocument };

/** What a month is called beside its days. */
export function monthWord({ billed, running, complete }: PassportMonthDocument): string {
  if (!billed) return 'no bill';
  return running ? 'not over yet' : complete ? 'complete' : 'incomplete';
}

const isMissing = ({ states }: PassportMonthDocument) => states.every((state) => state === 'missing');

/** Joins months of one word that follow one another and of which all days are missing. */
export function stripRows(months: PassportMonthDocument[]): StripRow[] {
  const rows: StripRow[] = [];
  for (const one of months) {
    const before = rows.at(-1);
    if (before && isMissing(before.one) && isMissing(one) && monthWord(before.one) === monthWord(one)) before.months.push(one.month);
    else rows.push({ months: [one.month], one });
  }
  return rows;
}

export const severityLabels: Record<PassportSeverity, string> = { problem: 'Problem', gap: 'Gap', info: 'Note', good: 'Good' };

/** What the marks mean, in the legend and on hover. */
export const severityMeanings: Record<PassportSeverity, string> = {
  problem: 'Figures may be wrong, or an analysis is not possible',
  gap: 'An analysis is limited',
  info: 'Good to know',
  good: 'Check passed',
};

const levelLabels: Record<PassportReadinessDocument['level'], string> = { ready: 'Ready', limited: 'Limited', not_possible: 'Not possible' };

/** What is not in this version is not called ready, however good the data. */
const laterLabels: Record<PassportReadinessDocument['level'], string> = { ready: 'Data sufficient', limited: 'Data limited', not_possible: 'Data insufficient' };

export function levelLabel({ level, available }: PassportReadinessDocument): string {
  return available ? levelLabels[level] : laterLabels[level];
}

const analysisLabels: Record<string, string> = {
  allocation: 'Cost allocation',
  tagging: 'Tag compliance',
  anomalies: 'Anomaly search',
  forecast: 'Forecast',
  commitments: 'Commitment planning',
  waste: 'Waste search',
  migration: 'Migration planning',
  reconciliation: 'Invoice reconciliation',
};

export function analysisLabel(analysis: string): string {
  return analysisLabels[analysis] ?? analysis;
}

const shareLabels: Record<string, string> = {
  resource_id: 'Resource',
  tags: 'Any tag',
  list_cost: 'List cost',
  list_unit_price: 'List unit price',
  contracted_cost: 'Contracted cost',
  contracted_unit_price: 'Contracted unit price',
  effective_cost: 'Effective cost',
  sku_id: 'SKU',
  region_id: 'Region',
  sub_account_id: 'Account',
  invoice_id: 'Invoice',
  commitment_id: 'Commitment',
  services: 'Mapped service',
};

export function shareLabel({ code, column }: PassportShareDocument): string {
  return shareLabels[code] ?? column;
}

/** The workspace as a whole and its data sets. */
export function allSets({ whole, dataSets }: PassportDocument): PassportSetDocument[] {
  return whole ? [whole, ...dataSets] : dataSets;
}

/** What a data set is called: "AWS, Harbour & Pine". */
export function setName(set: PassportSetDocument): string {
  if (set.id === '') return 'All data sets';
  const provider = describeProvider(set.provider);
  const account = set.billingAccountName === '' ? set.billingAccount : set.billingAccountName;
  return account === '' ? provider : `${provider}, ${account}`;
}

/** What distinguishes two data sets of one name: account, formats and versions. */
export function setDetail(set: PassportSetDocument): string {
  return [set.billingAccountName === '' ? '' : set.billingAccount, ...new Set(set.formats.map(({ name }) => name))].filter((part) => part !== '').join(' · ');
}

/** The first and last day with charges. */
export function formatSpan({ firstDay, lastDay }: PassportCoverageDocument): string {
  return firstDay === null || lastDay === null ? '–' : formatRange(firstDay, lastDay);
}

const noGaps = 'No gaps';

/** "2 problems, 1 gap", or that there is none. */
export function describeFindings(findings: PassportFindingDocument[]): string {
  const count = (severity: PassportSeverity) => findings.filter((finding) => finding.severity === severity).length;
  const parts = [
    count('problem') > 0 ? formatCounted(count('problem'), 'problem') : '',
    count('gap') > 0 ? formatCounted(count('gap'), 'gap') : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : noGaps;
}

/**
 * What the findings of a data set come to. All data together are judged as one, so a field that one data set lacks may be covered well
 * enough overall: beside its own findings the workspace as a whole says how many data sets have some.
 */
export function describeSet(set: Pick<PassportSetDocument, 'id' | 'findings'>, dataSets: Pick<PassportSetDocument, 'id' | 'findings'>[]): string {
  const text = describeFindings(set.findings);
  const found = dataSets.filter(({ id, findings }) => id !== '' && describeFindings(findings) !== noGaps);
  if (set.id !== '' || found.length === 0) return text;
  const single = formatCounted(found.length, 'data set');
  return text === noGaps ? `Gaps in ${single}` : `${text} overall; problems or gaps in ${single}`;
}

/** "1 of 2 analyses are ready" of a readiness table, as far as this version has them. */
export function describeReadiness(readiness: PassportReadinessDocument[]): string {
  const available = readiness.filter((one) => one.available);
  return `${available.filter(({ level }) => level === 'ready').length} of ${formatCounted(available.length, 'analysis', 'analyses')} of this version ready`;
}

/** The charges behind a finding, as the address of the page of charges; null where no condition finds them. */
export function chargesAddress(finding: PassportFindingDocument, currency: string): { pathname: string; search: string } | null {
  if (finding.where.length === 0) return null;
  const params = new URLSearchParams();
  if (finding.from !== null && finding.to !== null) {
    params.set('from', finding.from);
    params.set('to', finding.to);
  } else {
    params.set('period', 'all');
  }
  if (currency !== '') params.set('currency', currency);
  for (const { column, op, values } of finding.where) params.append('f', JSON.stringify([column, op, ...values]));
  return { pathname: '/charges', search: `?${params.toString()}` };
}

/** What a day of the coverage says when the pointer rests on it. */
export function describeDay(day: string, { state, lines, late }: { state: PassportDayState; lines: number; late: number }): string {
  switch (state) {
    case 'outside':
      return lines > 0 ? `${formatDay(day)}: ${formatCounted(lines, 'line')} outside the span` : `${formatDay(day)}: outside the span`;
    case 'missing':
      return lines > 0 ? `${formatDay(day)}: missing; ${formatCounted(lines, 'line')} of longer periods only` : `${formatDay(day)}: missing`;
    case 'late':
      return `${formatDay(day)}: ${formatCounted(lines, 'line')}, all billed in a later month`;
    case 'covered':
      return `${formatDay(day)}: ${formatCounted(lines, 'line')}${late > 0 ? `, ${formatCounted(late, 'line')} billed in a later month` : ''}`;
    default:
      return state satisfies never;
  }
}

/** "today", "yesterday", "12 days ago". */
export function describeAge(days: number): string {
  if (days === 0) return 'today';
  return days === 1 ? 'yesterday' : `${formatCounted(days, 'day')} ago`;
}

/** How dark a day is drawn, in four steps by its lines beside those of the fullest day. */
export function dayLevel(lines: number, most: number): 0 | 1 | 2 | 3 {
  if (lines === 0 || most === 0) return 0;
  if (lines * 3 >= most * 2) return 3;
  return lines * 3 >= most ? 2 : 1;
}
