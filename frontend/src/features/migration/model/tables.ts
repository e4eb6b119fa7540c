import { addDays } from '../../../lib/days';
import { columnsOfKind } from '../../../lib/table';
import type { AssessmentInfo, AssessmentReview, MigrationDraft, MigrationLineChange, MigrationOutcome, PriceInfo, ReadRegion, ShownTable } from '../../../lib/wire';
import { optionLabel, priceKinds } from './labels';
import { isFields } from './values';

/** What the charges of a month became, as it leaves for Excel or CSV: a row for each workload and currency. */
export function mappedTable({ month, lines }: MigrationDraft): ShownTable {
  return {
    title: 'Mapped charges',
    columns: [...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Workload', 'Currency'), ...columnsOfKind('count', 'Resources', 'Confidence'), ...columnsOfKind('amount', 'Cost of the month'), ...columnsOfKind('text', 'How they were counted')],
    rows: lines.flatMap((line) => line.costs.map((one) => [line.month ?? month, line.name, one.currency, String(line.resources), String(line.confidence), one.cost, line.note || null])),
    currencyColumn: 2,
  };
}

/** The charges of a month that became no workload, as they leave for Excel or CSV. */
export function unmappedTable({ month, unmapped }: MigrationDraft): ShownTable {
  return {
    title: 'Charges that are not mapped',
    columns: [...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Service', 'Reason', 'Currency'), ...columnsOfKind('amount', 'Cost of the month')],
    rows: unmapped.map((one) => [one.month ?? month, one.service || null, one.reason, one.currency, one.monthly]),
    currencyColumn: 3,
  };
}

/** How one result differs from another, as it leaves for Excel or CSV. */
export function changesTable(lines: MigrationLineChange[]): ShownTable {
  return {
    title: 'Changes of an assessment',
    columns: [...columnsOfKind('text', 'Workload', 'Provider', 'Target before', 'Target'), ...columnsOfKind('amount', 'Monthly before, USD', 'Monthly, USD')],
    rows: lines.map((line) => [line.name, optionLabel('', line.provider), line.targetBefore, line.targetAfter, line.monthlyBefore, line.monthlyAfter]),
    currencyColumn: -1,
  };
}

/** What several assessments came to, as it leaves for Excel or CSV: a row for each provider of each. */
export function comparedTable(list: AssessmentInfo[]): ShownTable {
  return {
    title: 'Compared assessments',
    columns: [
      ...columnsOfKind('text', 'Assessment'), ...columnsOfKind('count', 'Workloads'), ...columnsOfKind('day', 'End of the plan'), ...columnsOfKind('text', 'Price tables'), ...columnsOfKind('day', 'Calculated as of'),
      ...columnsOfKind('text', 'Changed since', 'Too close to call', 'Provider', 'Eligible'), ...columnsOfKind('quantity', 'Score'), ...columnsOfKind('amount', 'Monthly, USD', 'One-off, USD', 'Net present value, USD'),
      ...columnsOfKind('quantity', 'Payback, months'), ...columnsOfKind('count', 'Confidence, stars'),
    ],
    rows: list.flatMap(({ name, workloads, made, outdated, standing }) =>
      standing.map((one) => [
        name, String(workloads), made ? addDays(made.end, -1) : null, made?.priceBook ?? null, made?.asOf ?? null, yesNo(outdated), yesNo(made?.tooClose ?? false), optionLabel('', one.provider), yesNo(one.eligible), one.score, one.monthly, one.oneOff, one.npv,
        one.paybackMonth, String(one.stars),
      ]),
    ),
    currencyColumn: -1,
  };
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** What the review says of each provider, as it leaves for Excel or CSV. */
export function reviewedTable({ providers }: AssessmentReview): ShownTable {
  return {
    title: 'Providers of a review',
    columns: [...columnsOfKind('text', 'Provider', 'Region', 'Region chosen because', 'Excluded because'), ...columnsOfKind('count', 'Confidence, stars')],
    rows: providers.map((one) => [optionLabel('', one.provider), one.region || null, one.why || null, one.gates.map(({ message }) => message).join(' ') || null, String(one.stars)]),
    currencyColumn: -1,
  };
}

/** What the review found not to be known, as it leaves for Excel or CSV. */
export function gapsTable({ gaps }: AssessmentReview): ShownTable {
  return {
    title: 'Not known',
    columns: [...columnsOfKind('text', 'Point'), ...columnsOfKind('count', 'Missing', 'Of'), ...columnsOfKind('share', 'Confidence lost')],
    rows: gaps.map((gap) => [gap.point, String(gap.missing), String(gap.asked), String(gap.share)]),
    currencyColumn: -1,
  };
}

/** The oldest price used of each table, as it leaves for Excel or CSV. */
export function agesTable({ tables }: AssessmentReview): ShownTable {
  return { title: 'Price tables', columns: [...columnsOfKind('text', 'Table'), ...columnsOfKind('day', 'Oldest price')], rows: tables.map(({ name, asOf }) => [name, asOf]), currencyColumn: -1 };
}

/** The prices of a region: what is kept of them, and what was just read; null = nothing. The kind "" stands for all of them. */
export type PricedRegion = { provider: string; region: string; kind: string; before: ReadRegion | null; now: ReadRegion | null };

/** The prices of each region by kind. A region of which nothing could be read is one row. */
export function pricedRegions(info: PriceInfo, read: ReadRegion[]): PricedRegion[] {
  return info.needed.flatMap(({ provider, region }) => {
    const here = (list: ReadRegion[]) => list.filter((one) => one.provider === provider && one.region === region);
    const [kept, now] = [here(info.read), here(read)];
    const problem = now[0]?.problem ?? '';
    const kinds = kept.length === 0 && now.every((one) => one.problem === problem) && (now.length === 0 || problem !== '') ? [''] : Object.keys(priceKinds);
    return kinds.map((kind) => ({ provider, region, kind, before: kept.find((one) => one.kind === kind) ?? null, now: (kind === '' ? now[0] : now.find((one) => one.kind === kind)) ?? null }));
  });
}

/** The prices of the regions, as they leave for Excel or CSV. */
export function pricesTable(rows: PricedRegion[]): ShownTable {
  return {
    title: 'Prices by region',
    columns: [...columnsOfKind('text', 'Provider', 'Region', 'Prices of'), ...columnsOfKind('day', 'Read on'), ...columnsOfKind('count', 'Prices', 'With another price'), ...columnsOfKind('text', 'Problem')],
    rows: rows.map(({ provider, region, kind, before, now }) => [
      optionLabel('', provider), region, priceKinds[kind] ?? 'All', before?.asOf ?? null, before ? String(before.prices) : null, now && now.problem === '' ? String(now.changed) : null, now?.problem || null,
    ]),
    currencyColumn: -1,
  };
}

/** What the providers come to under other assumptions, as it leaves for Excel or CSV. */
export function outcomesTable(outcomes: MigrationOutcome[]): ShownTable {
  return {
    title: 'What if',
    columns: [...columnsOfKind('text', 'Provider'), ...columnsOfKind('quantity', 'Score'), ...columnsOfKind('amount', 'Monthly, USD', 'One-off, USD', 'Net present value, USD'), ...columnsOfKind('quantity', 'Payback, months')],
    rows: outcomes.map((one) => [optionLabel('', one.provider), String(one.score), one.monthly, one.oneOff, one.npv, one.paybackMonth === null ? null : String(one.paybackMonth)]),
    currencyColumn: -1,
  };
}

/** The workloads of a form with the names of their fields, so that the file can be read again; lists are "a; b". */
export function workloadsTable(fields: string[], lines: Record<string, unknown>[]): ShownTable {
  return { title: 'Workloads', columns: columnsOfKind('text', ...fields), rows: lines.map((line) => fields.map((field) => cellOf(line[field]))), currencyColumn: -1 };
}

function cellOf(value: unknown): string | null {
  if (Array.isArray(value)) return value.map((one) => cellOf(one) ?? '').join('; ') || null;
  if (isFields(value)) return Object.entries(value).map(([name, one]) => `${name}:${cellOf(one) ?? ''}`).join('; ') || null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) || null : null;
}
