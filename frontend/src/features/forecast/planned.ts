import { formatDay, formatRange, isDay } from '../../lib/days';
import { isDecimal } from '../../lib/decimal';
import { formatMoney } from '../../lib/money';
import { looksLikeAmount } from '../../lib/typed';
import type { FrozenInfo, FrozenMonthInfo, PlannedInput, PlannedKind } from '../../lib/wire';

export const plannedKinds: { value: PlannedKind; label: string; hint: string }[] = [
  { value: 'launch', label: 'Launch', hint: 'Something new, with a known cost a month' },
  { value: 'shutdown', label: 'Shut-down', hint: 'Charges that end, in full or in part' },
  { value: 'price', label: 'Price change', hint: 'Charges that cost more or less, by a percentage' },
  { value: 'saving', label: 'Saving', hint: 'An accepted saving, with a known amount a month' },
  { value: 'renewal', label: 'Renewal', hint: 'A commitment that will be renewed, so that its end changes nothing' },
];

/** Whether a kind is an amount a month. */
export function byMonth(kind: PlannedKind): boolean {
  return kind === 'launch' || kind === 'saving';
}

export function newPlanned(day: string, currency: string, scope: string): PlannedInput {
  return { name: '', kind: 'launch', scope, where: '', from: day, to: '', monthly: '', currency, percent: '', commitment: '', note: '' };
}

/** What is sent of a form: only what its kind has. */
export function sentOf(form: PlannedInput): PlannedInput {
  const { kind } = form;
  const charges = kind !== 'renewal';
  return {
    ...form,
    scope: charges ? form.scope : '',
    where: charges ? form.where : '',
    monthly: byMonth(kind) ? form.monthly.trim() : '',
    currency: byMonth(kind) ? form.currency : '',
    percent: kind === 'price' || kind === 'shutdown' ? form.percent.trim() : '',
    commitment: kind === 'renewal' ? form.commitment.trim() : '',
  };
}

/** What is missing of a form, in words; null when it can be saved. */
export function missingOf(form: PlannedInput): string | null {
  if (form.name.trim() === '') return 'Give the change a name.';
  if (!isDay(form.from)) return 'Choose its first day.';
  if (byMonth(form.kind) && !(looksLikeAmount(form.monthly) && /[1-9]/.test(form.monthly))) return 'Enter the amount a month, such as 2400.';
  if (form.kind === 'price' && !isDecimal(form.percent.trim())) return 'Enter by how many percent the price changes, such as -8.';
  if (form.kind === 'renewal' && form.commitment.trim() === '') return 'Enter the id of the commitment.';
  return null;
}

/** "2,400.00 USD a month from 1 Jan 2027". */
export function describePlanned(change: PlannedInput): string {
  const days = change.to === '' ? `from ${formatDay(change.from)}` : formatRange(change.from, change.to);
  switch (change.kind) {
    case 'launch':
    case 'saving':
      return `${change.kind === 'saving' ? '−' : '+'}${formatMoney(change.monthly, change.currency)} ${change.currency} a month, ${days}`;
    case 'shutdown':
      return `${change.percent === '' ? 'All' : `${change.percent} %`} of the charges end, ${days}`;
    case 'price':
      return `${change.percent.startsWith('-') ? '\u2212' : '+'}${change.percent.replace('-', '')} %, ${days}`;
    case 'renewal':
      return `${change.commitment} is renewed`;
  }
}

/** Which charges a change is about. */
export function describeCharges({ scope, where, kind }: PlannedInput): string {
  return kind === 'renewal' ? '' : scope || where || 'all charges';
}

/** How a frozen forecast compares with what came in a month. */
export function compareFrozen({ actual, complete: whole, low80, high80 }: FrozenMonthInfo, within: (amount: string, low: string, high: string) => boolean): string {
  if (actual === null) return 'Not started';
  if (!whole) return 'In progress';
  return within(actual, low80, high80) ? 'Within the 80 % range' : 'Outside the 80 % range';
}

/** What was forecast, as a line below the name. */
export function describeFrozen({ metric, scope, where, asOf }: FrozenInfo): string {
  return [metric.replace(/Cost$/, ' cost'), scope || where || 'all charges', `forecast on ${formatDay(asOf)}`].join(', ');
}
