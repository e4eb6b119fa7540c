import { columnsOfKind } from '../../lib/table';
import { formatCounted, formatMoney } from '../../lib/money';
import type { Mapping, MappingQuestion, MappingTable, MappingTarget, MappingTrial, ShownTable } from '../../lib/wire';

/** Where a FOCUS column comes from; null for nowhere. */
export type Pick = { kind: 'column' | 'text'; value: string };

/** Columns of FOCUS that belong together, in the order in which a person looks for them. */
export type TargetGroup = { title: string; hint: string; targets: MappingTarget[] };

const groupNames: { title: string; hint: string; names: string[] }[] = [
  {
    title: 'Required',
    hint: 'A charge date or a billing month, a cost, its currency and the provider.',
    names: ['ChargePeriodStart', 'BillingPeriodStart', 'BilledCost', 'BillingCurrency', 'ProviderName'],
  },
  { title: 'Costs and time', hint: 'Other costs of the same line, and where its period ends.', names: ['EffectiveCost', 'ListCost', 'ContractedCost', 'ChargePeriodEnd', 'BillingPeriodEnd'] },
  {
    title: 'Accounts',
    hint: 'The account that pays, and the account, subscription or project that was charged.',
    names: ['BillingAccountId', 'BillingAccountName', 'SubAccountId', 'SubAccountName', 'InvoiceId', 'InvoiceIssuerName', 'PublisherName'],
  },
  {
    title: 'What was charged',
    hint: 'The service, the kind of charge and its description.',
    names: ['ServiceName', 'ServiceCategory', 'ServiceSubcategory', 'ChargeCategory', 'ChargeClass', 'ChargeDescription', 'ChargeFrequency', 'SkuId', 'SkuMeter', 'SkuPriceId'],
  },
  { title: 'Resource and location', hint: 'What the charge is for, and where it runs.', names: ['ResourceId', 'ResourceName', 'ResourceType', 'RegionId', 'RegionName', 'AvailabilityZone'] },
  {
    title: 'Quantity and price',
    hint: 'How much was used, and what one unit costs.',
    names: ['ConsumedQuantity', 'ConsumedUnit', 'PricingQuantity', 'PricingUnit', 'PricingCategory', 'ListUnitPrice', 'ContractedUnitPrice'],
  },
];

/** The FOCUS columns in groups; what no group names is in the last one. Tags are chosen in a place of their own. */
export function groupsOf(targets: MappingTarget[]): TargetGroup[] {
  const byName = new Map(targets.map((target) => [target.name, target]));
  byName.delete('Tags');
  const groups = groupNames.map(({ title, hint, names }) => {
    const found = names.flatMap((name) => byName.get(name) ?? []);
    names.forEach((name) => byName.delete(name));
    return { title, hint, targets: found };
  });
  return [...groups, { title: 'More', hint: 'Commitments, allocation and the columns of newer versions.', targets: [...byName.values()] }].filter((group) => group.targets.length > 0);
}

/** The groups with the columns whose name has the letters in it. */
export function searchGroups(groups: TargetGroup[], search: string): TargetGroup[] {
  const wanted = search.replaceAll(/\s/g, '').toLowerCase();
  if (wanted === '') return groups;
  return groups.flatMap((group) => {
    const targets = group.targets.filter((target) => target.name.toLowerCase().includes(wanted));
    return targets.length > 0 ? [{ ...group, targets }] : [];
  });
}

/** Where a FOCUS column comes from. */
export function pickOf(mapping: Mapping, focus: string): Pick | null {
  const choice = mapping.columns.find((one) => one.focus === focus);
  if (!choice) return null;
  if (choice.column !== '') return { kind: 'column', value: choice.column };
  return choice.text !== '' ? { kind: 'text', value: choice.text } : null;
}

/** The mapping with another choice for a FOCUS column. */
export function withPick(mapping: Mapping, focus: string, pick: Pick | null): Mapping {
  const others = mapping.columns.filter((one) => one.focus !== focus);
  if (pick === null) return { ...mapping, columns: others };
  const choice = { focus, column: pick.kind === 'column' ? pick.value : '', text: pick.kind === 'text' ? pick.value : '' };
  return { ...mapping, columns: [...others, choice] };
}

/** How many of the columns have a choice. */
export function countChosen(mapping: Mapping, targets: MappingTarget[]): number {
  return targets.filter((target) => pickOf(mapping, target.name) !== null).length;
}

/** What a column of the table becomes: FOCUS columns and tags. */
export function usesOf(mapping: Mapping, column: string): string[] {
  const columns = mapping.columns.filter((one) => one.column === column).map((one) => one.focus);
  return [...columns, ...mapping.tags.filter((tag) => tag.column === column).map((tag) => `tag ${tag.key}`)];
}

/** The mapping with one tag for each of the columns; a column that is a tag already keeps its key. */
export function withTagColumns(mapping: Mapping, columns: string[]): Mapping {
  const taken = new Set<string>();
  const tags = columns.map((column) => {
    let key = mapping.tags.find((tag) => tag.column === column)?.key ?? column.trim();
    while (taken.has(key)) key = `${key} 2`;
    taken.add(key);
    return { key, column };
  });
  return { ...mapping, tags };
}

const SAMPLES = 3;

/** The first different values of a column. */
export function samplesOf({ names, rows }: MappingTable, column: string): string[] {
  const at = names.indexOf(column);
  const samples = new Set<string>();
  for (const row of rows) {
    const value = row[at];
    if (typeof value === 'string' && value.trim() !== '') samples.add(value);
    if (samples.size === SAMPLES) break;
  }
  return [...samples];
}

/** Columns that the mapping names and the table does not have. */
export function strangers(mapping: Mapping, names: string[]): string[] {
  const known = new Set(names);
  const used = [...mapping.columns.map((one) => one.column), ...mapping.tags.map((tag) => tag.column)];
  return [...new Set(used.filter((column) => column !== '' && !known.has(column)))];
}

/** The saved mapping as a start for another table: what that table does not have is left open. */
export function fittedTo(mapping: Mapping, { names, mapping: suggested }: MappingTable): Mapping {
  const gone = new Set(strangers(mapping, names));
  return {
    ...mapping,
    header: suggested.header,
    columns: mapping.columns.filter((one) => !gone.has(one.column)),
    tags: mapping.tags.filter((tag) => !gone.has(tag.column)),
  };
}

/** Two mappings that say the same. */
export function sameMapping(a: Mapping | null, b: Mapping): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b);
}

/** The questions that no choice has answered yet. */
export function openQuestions({ questions, mapping: suggested }: MappingTable, mapping: Mapping): MappingQuestion[] {
  return questions.filter(({ about }) => {
    if (about === 'dates') return mapping.dates === suggested.dates;
    if (about === 'decimal') return mapping.decimal === suggested.decimal;
    return about === '' || JSON.stringify(pickOf(mapping, about)) === JSON.stringify(pickOf(suggested, about));
  });
}

/** "all 5 lines, 2 of them skipped". */
export function describeLines({ lines, left, more }: MappingTrial): string {
  const read = `${more ? 'the first' : 'all'} ${formatCounted(lines, 'line')}`;
  return left === 0 ? `${read}, every one of them read` : `${read}, ${formatCounted(left, 'of them', 'of them')} skipped`;
}

/** "2 lines are skipped: 1,234.60 EUR, and 1 line whose amount cannot be read"; '' where none is. */
export function describeSkipped({ left, leftCosts, leftUnknown }: MappingTrial): string {
  if (left === 0) return '';
  const costs = leftCosts.map(({ amount, currency }) => `${formatMoney(amount, currency)} ${currency}`);
  const unknown = leftUnknown === 0 ? [] : [leftUnknown === left && costs.length === 0 ? 'their amounts cannot be read' : `${formatCounted(leftUnknown, 'line')} whose amount cannot be read`];
  return `${formatCounted(left, 'line is', 'lines are')} skipped: ${[...costs, ...unknown].join(', and ')}.`;
}

/** Nothing is missing and no choice is one that the values of the table contradict. */
export function isComplete({ missing, refused }: MappingTrial): boolean {
  return missing.length === 0 && refused.length === 0;
}

/**
 * What can be picked for a FOCUS column, what is typed first: a column of that name, else the text that would be the same for every
 * line where it can be one, else the columns in whose name it is.
 */
export function pickOptions(target: MappingTarget, names: string[], typed: string): Pick[] {
  const columns = names.map((value): Pick => ({ kind: 'column', value }));
  const texts = target.values.map((value): Pick => ({ kind: 'text', value }));
  const wanted = typed.trim();
  if (wanted === '') return [...columns, ...texts];
  const has = ({ value }: Pick) => value.toLowerCase().includes(wanted.toLowerCase());
  const found = columns.filter(has);
  const listed = texts.filter(has);
  const text: Pick[] = listed.some(({ value }) => value === wanted) ? [] : [{ kind: 'text', value: wanted }];
  const named = found.filter(({ value }) => value.toLowerCase() === wanted.toLowerCase());
  const others = found.filter((pick) => !named.includes(pick));
  if (target.name === 'BillingCurrency' && /^[A-Za-z]{3}$/.test(wanted)) return [...named, ...text, ...others];
  const begins = others.filter(({ value }) => value.toLowerCase().startsWith(wanted.toLowerCase()));
  if (target.kind !== 'text' || begins.length > 0) return [...named, ...begins, ...others.filter((pick) => !begins.includes(pick)), ...listed, ...text];
  return [...named, ...listed, ...text, ...others];
}

/** What comes of the mapping in one line: what is missing, that a column does not fit (the reason is at its field), or the billed sum of each currency. */
export function describeTrial(trial: MappingTrial): string {
  const [first, ...others] = trial.missing;
  if (first !== undefined) return others.length === 0 ? first : `${first} ${formatCounted(others.length, 'more choice is', 'more choices are')} missing.`;
  if (trial.refused.length > 0) return `${formatCounted(trial.refused.length, 'column does not fit; its reason is', 'columns do not fit; their reasons are')} shown below the field.`;
  const sums = trial.totals.filter(({ metric }) => metric === 'BilledCost').map(({ amount, currency }) => `${formatMoney(amount, currency)} ${currency}`);
  return [sums.join(' and ') || 'No line could be read', describeLines(trial)].join(' · ');
}

/** The first lines as charges, as they leave for Excel or CSV. */
export function trialTable({ columns, rows }: MappingTrial): ShownTable {
  return { title: 'First lines as charges', columns: columnsOfKind('text', ...columns.map(({ name }) => name)), rows, currencyColumn: -1 };
}
