/** Answers questions over charges in memory, by the same rules as the real ledger. */
import { accountName } from '../../lib/bill';
import { addDays, addMonths, countDays, eachDay, firstOfMonth, lastOfMonth, monthOf } from '../../lib/days';
import type { Filter, AccountNames, Answer, AnswerRow, Condition, LedgerState, LinesPage, LinesQuestion, PresetPeriod, Question } from '../../lib/wire';
import { AppError } from '../errors';
import { fakeScale, type FakeCharge } from './charges';

const metrics = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];

/** The exact decimal text of whole units of 10^-10. */
export function printUnits(units: bigint): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(fakeScale + 1, '0');
  const fraction = digits.slice(-fakeScale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${digits.slice(0, -fakeScale)}${fraction ? `.${fraction}` : ''}`;
}

/** The one name of a provider, as far as the charges of the fake need it. */
function canonicalProvider(name: string): string {
  return name === 'Microsoft' ? 'Microsoft Azure' : name;
}

/** What a condition asks for as the built-in dimensions spell it. */
function spelled(column: string, value: string | null): string | null {
  if (value === null) return null;
  if (column === 'Provider') return canonicalProvider(value);
  return column === 'Account' || column === 'BillingAccount' ? accountName(value) : value;
}

const sources: Record<string, string> = { Provider: 'ProviderName', Account: 'SubAccountId', BillingAccount: 'BillingAccountId' };

function valueOf(charge: FakeCharge, column: string): string | null {
  if (column === 'HasTags') return Object.keys(charge.tags).length > 0 ? 'Tagged' : 'Untagged';
  if (column.startsWith('Tags/')) return charge.tags[column.slice(5)] ?? null;
  const metric = metrics.indexOf(column);
  if (metric >= 0) {
    const units = charge.amounts[metric];
    return units === null || units === undefined ? null : printUnits(units);
  }
  return spelled(column, charge.fields[sources[column] ?? column] ?? null);
}

function matches(charge: FakeCharge, { column, op, values }: Condition): boolean {
  const value = valueOf(charge, column);
  if (op === 'in') return values.includes(value);
  if (op === 'not_in') return !values.includes(value);
  if (op === 'contains') return value !== null && values.some((part) => part !== null && value.toLowerCase().includes(part.toLowerCase()));
  throw new AppError('unsupported', `The fake does not know ${op}.`);
}

function meant(charge: FakeCharge, { kind, parts = [], condition }: Filter): boolean {
  switch (kind) {
    case 'all':
      return parts.every((part) => meant(charge, part));
    case 'any':
      return parts.some((part) => meant(charge, part));
    case 'not':
      return parts.every((part) => !meant(charge, part));
    case 'condition':
      return condition !== undefined && condition !== null && matches(charge, { ...condition, values: condition.values.map((value) => spelled(condition.column, value)) });
  }
}

type Scope = { where: Filter; from: string; to: string; currency: string };

function chosen(charges: FakeCharge[], { where, from, to, currency }: Scope): FakeCharge[] {
  return charges.filter(
    (charge) =>
      (from === '' || charge.day >= from) &&
      (to === '' || charge.day <= to) &&
      (currency === '' || charge.currency === currency) &&
      meant(charge, where),
  );
}

type Group = { keys: (string | null)[]; time: string; currency: string; lines: number; sums: (bigint | null)[] };

function collect(charges: FakeCharge[], groupBy: string[], grain: Question['grain'], wanted: number[]): Group[] {
  const groups = new Map<string, Group>();
  for (const charge of charges) {
    const keys = groupBy.map((column) => valueOf(charge, column));
    const time = grain === 'day' ? charge.day : grain === 'month' ? monthOf(charge.day) : '';
    const id = JSON.stringify([time, charge.currency, keys]);
    const group = groups.get(id) ?? { keys, time, currency: charge.currency, lines: 0, sums: wanted.map(() => null) };
    group.lines += 1;
    wanted.forEach((metric, at) => {
      const units = charge.amounts[metric] ?? null;
      if (units !== null) group.sums[at] = (group.sums[at] ?? 0n) + units;
    });
    groups.set(id, group);
  }
  return [...groups.values()];
}

function told(group: Group): AnswerRow {
  return {
    keys: group.keys,
    time: group.time,
    currency: group.currency,
    lines: group.lines,
    amounts: group.sums.map((units) => (units === null ? null : printUnits(units))),
  };
}

function byTime(a: Group, b: Group): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : 0;
}

function bySize(a: Group, b: Group): number {
  const x = a.sums[0] ?? 0n;
  const y = b.sums[0] ?? 0n;
  return x > y ? -1 : x < y ? 1 : 0;
}

function byKeys(a: Group, b: Group): number {
  return JSON.stringify(a.keys).localeCompare(JSON.stringify(b.keys));
}

export function ask(charges: FakeCharge[], question: Question): Answer {
  const wanted = question.metrics.map((name) => {
    const at = metrics.indexOf(name);
    if (at < 0) throw new AppError('invalid', `"${name}" is not a cost metric; use BilledCost, EffectiveCost, ListCost or ContractedCost.`);
    return at;
  });
  if (question.groupBy.length > 8) throw new AppError('invalid', 'Group by at most eight columns.');
  const scope = chosen(charges, question);
  const groups = collect(scope, question.groupBy, question.grain, wanted);
  groups.sort((a, b) => byTime(a, b) || (question.sort === 'keys' ? byKeys(a, b) : bySize(a, b)));
  const totals = collect(scope, [], '', wanted).map(told);
  const taken = new Map<string, number>();
  const rows = groups.filter((group) => {
    const count = (taken.get(group.currency) ?? 0) + 1;
    taken.set(group.currency, count);
    return question.limit === 0 || count <= question.limit;
  });
  return { rows: rows.map(told), totals, groups: groups.length };
}

function compareCells(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  const numbers = /^-?\d/.test(a) && /^-?\d/.test(b) ? Number(a) - Number(b) : 0;
  return Number.isNaN(numbers) || numbers === 0 ? (a < b ? -1 : 1) : numbers;
}

export function lines(charges: FakeCharge[], question: LinesQuestion): LinesPage {
  const needle = question.search.trim().toLowerCase();
  const found = chosen(charges, question).filter(
    (charge) => needle === '' || Object.values(charge.fields).some((value) => value?.toLowerCase().includes(needle)),
  );
  if (question.sortBy !== '') {
    const sign = question.sortDesc ? -1 : 1;
    found.sort((a, b) => sign * compareCells(valueOf(a, question.sortBy), valueOf(b, question.sortBy)));
  }
  const page = found.slice(question.offset, question.offset + question.limit);
  return {
    total: found.length,
    totals: collect(found, [], '', [0, 1, 2, 3]).map(told),
    columns: question.columns,
    rows: page.map((charge) => question.columns.map((column) => valueOf(charge, column))),
  };
}

function counted(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

export function namesOf(charges: FakeCharge[]): AccountNames {
  const names = (level: string) => {
    const known = new Map(charges.map(({ fields }) => [accountName(fields[`${level}Id`] ?? ''), fields[`${level}Name`] ?? '']));
    return [...known].filter(([id, name]) => id !== '' && name !== '').map(([id, name]) => ({ id, name }));
  };
  return { accounts: names('SubAccount'), billingAccounts: names('BillingAccount') };
}

export function stateOf(charges: FakeCharge[], importedAt: string): LedgerState {
  const days = charges.map((charge) => charge.day).sort();
  const firstDay = days[0] ?? '';
  const lastDay = days.at(-1) ?? '';
  const providers = [...counted(charges.map((charge) => valueOf(charge, 'Provider') ?? ''))].map(([name, count]) => {
    const own = new Set(charges.filter((charge) => valueOf(charge, 'Provider') === name).map((charge) => charge.day));
    const sorted = [...own].sort();
    const first = sorted[0] ?? '';
    const last = sorted.at(-1) ?? '';
    return { name, firstDay: first, lastDay: last, importedAt, missingDays: eachDay(first, last).filter((day) => !own.has(day)), lines: count, lateDays: countDays(last, lastDay) - 1, ended: false };
  });
  const lacking = (month: string) =>
    providers.reduce((sum, provider) => sum + provider.missingDays.filter((day) => monthOf(day) === month).length, 0);
  const months = [...new Set(days.map(monthOf))].map((month) => {
    const last = days.filter((day) => monthOf(day) === month).at(-1) ?? '';
    const missingDays = lacking(month);
    const behind = providers.some((provider) => provider.lastDay < lastOfMonth(`${month}-01`));
    return { month, complete: missingDays === 0 && last === lastOfMonth(last) && !behind, missingDays, lastDay: last };
  });
  const names = Object.keys(charges[0]?.fields ?? {});
  return {
    lines: charges.length,
    firstDay,
    lastDay,
    newestDay: lastDay,
    currencies: [...counted(charges.map((charge) => charge.currency))].map(([code, count]) => ({ code, lines: count, firstDay, lastDay, presets: presetsOf(firstDay, lastDay) })),
    metrics: metrics.map((name, at) => ({ name, known: charges.some((charge) => charge.amounts[at] !== null) })),
    providers,
    months,
    columns: [
      ...metrics.map((name) => ({ name, focus: true, kind: 'decimal' as const })),
      ...names.map((name) => ({ name, focus: true, kind: kindOf(name) })),
    ],
    dimensions: Object.keys(sources),
    tagKeys: [...counted(charges.flatMap((charge) => Object.keys(charge.tags)))].map(([key, count]) => ({ key, lines: count })),
  };
}

function kindOf(name: string): 'text' | 'decimal' | 'time' | 'json' {
  if (name === 'Tags') return 'json';
  if (name.endsWith('Quantity')) return 'decimal';
  return /Period(Start|End)$/.test(name) ? 'time' : 'text';
}

/** Some of the periods to choose from. */
function presetsOf(firstDay: string, lastDay: string): PresetPeriod[] {
  const month = firstOfMonth(lastDay);
  const one = (preset: PresetPeriod['preset'], label: string, from: string, to = lastDay): PresetPeriod => ({ preset, label, from, to, soFar: to === lastDay, complete: to !== lastDay });
  return [
    one('mtd', 'Latest month to date', month),
    one('last-month', 'Last full month', addMonths(month, -1), addDays(month, -1)),
    one('3m', 'Last 3 months to date', addMonths(month, -2)),
    one('6m', 'Last 6 months to date', addMonths(month, -5)),
    one('12m', 'Last 12 months to date', addMonths(month, -11)),
    one('all', 'All time', firstDay),
  ];
}
