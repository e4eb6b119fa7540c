import { describeProvider } from '../../lib/bill';
import { formatMonth } from '../../lib/days';
import { round, sign, toMark } from '../../lib/decimal';
import { allOf, conditionFilter } from '../../lib/filter';
import { currencyDigits, formatMoney } from '../../lib/money';
import type { Condition, FigureInput, ReconcileBesideDocument, ReconcileBridgeDocument, ReconcileInvoiceDocument, ReconcileInvoiceKey, ReconcileStepDocument } from '../../lib/wire';
import { type PillTone } from '../../ui/Pill';
import { writeFilter } from '../../ui/view/ledgerView';

export type Status = ReconcileInvoiceDocument['status'];

/** The colour of how a reconciliation ended, and what it means. */
export const statuses: Record<Status, { tone: PillTone; hint: string; short?: string; shortest?: string }> = {
  ties: { tone: 'good', hint: 'The ledger and the invoice are equal to the last digit.' },
  ties_rounding: { tone: 'good', hint: 'The ledger and the invoice differ by rounding only.', short: 'Matches' },
  explained: { tone: 'good', hint: 'Tax, credits, marketplace and other items of the invoice explain the whole difference.', short: 'Explained' },
  not_explained: { tone: 'bad', hint: 'A part of the difference has no explanation.', short: 'Unexplained', shortest: 'Differs' },
  no_data: { tone: 'bad', hint: 'The ledger has no charges of this invoice.', short: 'No charges' },
  no_figure: { tone: 'plain', hint: 'Nobody has entered the amount of this invoice.', short: 'Amount missing', shortest: 'Missing' },
};

/** What the list can be narrowed to. */
export const shows = ['all', 'missing', 'open', 'done'] as const;

export type Show = (typeof shows)[number];

/** The statuses of the invoices that are shown; none = all. */
export const statusesOf: Record<Show, Status[]> = {
  all: [],
  missing: ['no_figure'],
  open: ['not_explained', 'no_data'],
  done: ['ties', 'ties_rounding', 'explained'],
};

export function shown(status: Status, show: Show): boolean {
  return show === 'all' || statusesOf[show].includes(status);
}

/** The name of an invoice in an address. */
export function encodeKey({ provider, billingAccount, month, invoiceId, currency }: ReconcileInvoiceKey): string {
  return JSON.stringify([provider, billingAccount, month, invoiceId, currency]);
}

/** Which invoice it is, without what else is known of it. */
export function keyOf({ provider, billingAccount, month, invoiceId, currency }: ReconcileInvoiceKey): ReconcileInvoiceKey {
  return { provider, billingAccount, month, invoiceId, currency };
}

/** Reads what encodeKey wrote; null for an address that somebody typed by hand. */
export function decodeKey(text: string | null): ReconcileInvoiceKey | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? '');
  } catch {
    // Not an address of ours: the page shows the list.
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const parts: unknown[] = parsed;
  const [provider, billingAccount, month, invoiceId, currency] = parts;
  if (typeof provider !== 'string' || typeof billingAccount !== 'string' || typeof month !== 'string' || typeof invoiceId !== 'string' || typeof currency !== 'string') return null;
  return /^\d{4}-\d{2}$/.test(month) ? { provider, billingAccount, month, invoiceId, currency } : null;
}

export function sameKey(a: ReconcileInvoiceKey, b: ReconcileInvoiceKey): boolean {
  return encodeKey(a) === encodeKey(b);
}

/** "AWS · Northwind Retail · Oct 2026", "No provider named · Oct 2026". */
export function describeBill(invoice: ReconcileInvoiceDocument): string {
  const { provider, billingAccount, month } = invoice;
  return [describeProvider(provider), invoice.billingAccountName || billingAccount, formatMonth(month)].filter((part) => part !== '').join(' · ');
}

export function describeInvoice({ invoiceId }: ReconcileInvoiceKey): string {
  return invoiceId === '' ? 'No invoice number yet' : invoiceId;
}

/** The address of the charge lines behind a part of a bridge. */
export function linesAddress(part: { where: Condition[]; from?: string | null; to?: string | null }, currency: string, span: { firstDay: string; lastDay: string }): { pathname: string; search: string } {
  const params = new URLSearchParams({ from: part.from || span.firstDay, to: part.to || span.lastDay, metric: 'BilledCost', currency });
  writeFilter(params, allOf(part.where.map(conditionFilter)));
  return { pathname: '/charges', search: `?${params.toString()}` };
}

/** Where a bar begins and ends, in per cent of the width of its chart. */
export type Span = { left: number; width: number; zero: number };

/** The bars of a waterfall: each begins where the one before ended. The numbers only place marks. */
export function waterfall(start: number, amounts: string[], withZero: boolean): Span[] {
  let run = start;
  const ends = amounts.map((amount) => {
    const from = run;
    run += toMark(amount);
    return { from, to: run };
  });
  const marks = [start, ...ends.map(({ to }) => to), ...(withZero ? [0] : [])];
  const low = Math.min(...marks);
  const span = Math.max(...marks) - low || 1;
  const place = (mark: number) => ((mark - low) / span) * 100;
  return ends.map(({ from, to }) => ({ left: place(Math.min(from, to)), width: Math.abs(place(to) - place(from)), zero: place(withZero ? 0 : start) }));
}

export function stepsInside(bridge: ReconcileBridgeDocument): ReconcileStepDocument[] {
  return bridge.steps.filter((step) => step.inside);
}

export function stepsOutside(bridge: ReconcileBridgeDocument): ReconcileStepDocument[] {
  return bridge.steps.filter((step) => !step.inside);
}

/** Whose cost is related to an invoice and not included. */
export function describeBeside(beside: ReconcileBesideDocument, key: ReconcileInvoiceKey): string {
  const currency = beside.currency === '' ? 'an unknown currency' : beside.currency;
  return beside.provider === key.provider ? `The same bill in ${currency}` : `Charges from ${beside.provider} with the same invoice number, in ${currency}`;
}

/** An amount as a person edits it: one with three decimals is written with four, since 1.234 can be read in two ways. */
function editable(amount: string | null | undefined): string {
  const text = amount ?? '';
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** The amounts of an invoice as a person edits them. */
export function inputOf(invoice: ReconcileInvoiceDocument): FigureInput {
  const { figure } = invoice;
  return {
    id: figure?.id ?? 0,
    version: figure?.version ?? 0,
    key: keyOf(invoice),
    total: editable(figure?.total),
    tax: editable(figure?.tax),
    credits: editable(figure?.credits),
    marketplace: editable(figure?.marketplace),
    other: editable(figure?.other),
    note: figure?.note ?? '',
  };
}

/** The next invoice whose amount is missing, after the one that is open. */
export function nextMissing(invoices: ReconcileInvoiceDocument[], key: ReconcileInvoiceKey): ReconcileInvoiceKey | null {
  const waiting = (one: ReconcileInvoiceDocument) => one.status === 'no_figure' && !sameKey(one, key);
  const at = invoices.findIndex((one) => sameKey(one, key));
  const next = invoices.slice(at + 1).find(waiting) ?? invoices.find(waiting);
  return next ? keyOf(next) : null;
}

/** What the invoices of a workspace have in a part of their name, as far as the parts before it are given already. */
export function knownValues(invoices: ReconcileInvoiceDocument[], part: keyof ReconcileInvoiceKey, given: ReconcileInvoiceKey): string[] {
  const fits = ({ provider, billingAccount }: ReconcileInvoiceDocument) => (part === 'provider' || given.provider === '' || provider === given.provider) && (part === 'provider' || part === 'billingAccount' || given.billingAccount === '' || billingAccount === given.billingAccount);
  const values = (list: ReconcileInvoiceDocument[]) => [...new Set(list.map((one) => one[part]))].filter((value) => value !== '').sort();
  const found = values(invoices.filter(fits));
  const all = found.length > 0 ? found : values(invoices);
  return part === 'month' ? all.reverse() : all;
}

/** A name for a file about an invoice, without its ending. */
export function fileNameOf(key: ReconcileInvoiceKey): string {
  return ['reconciliation', key.provider, key.billingAccount, key.month, key.invoiceId].filter((part) => part !== '').join(' ');
}

/** How many digits an amount needs so that it does not read as nothing: rounding is mostly less than a cent. */
export function digitsFor(amount: string, currency: string): number {
  const digits = currencyDigits(currency);
  if (sign(amount) === 0) return digits;
  return [digits, digits + 2, digits + 4].find((more) => sign(round(amount, more)) !== 0) ?? digits + 8;
}

/** "Unexplained difference: −12.30 EUR", "Matches". */
export function describeStatus({ status, statusTitle, rest, currency }: ReconcileInvoiceDocument): string {
  return status === 'not_explained' && rest !== null ? `${statusTitle}: ${formatMoney(rest, currency)}${currency ? ` ${currency}` : ''}` : statusTitle;
}
