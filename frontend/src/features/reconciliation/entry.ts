/** Entering many invoice amounts: what is typed or pasted, and what could not be saved. */
import { formatMonth } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import type { FigureInput, FigureOutcome, FiguresPreview, ReconcileInvoiceDocument, ReconcileInvoiceKey } from '../../lib/wire';
import { type Drafts } from './drafts';
import { encodeKey, inputOf, describeInvoice, sameKey } from './model';

/** The draft of an invoice with another total; null where nothing is left to save. */
export function withTotal(invoice: ReconcileInvoiceDocument, draft: FigureInput | undefined, total: string): FigureInput | null {
  const stored = inputOf(invoice);
  const next = { ...(draft ?? stored), total };
  return sameInput(next, stored) || (total.trim() === '' && sameInput({ ...next, total: stored.total }, stored)) ? null : next;
}

/** Whether two inputs say the same. */
export function sameInput(a: FigureInput, b: FigureInput): boolean {
  const texts = ({ total, tax, credits, marketplace, other, note, key }: FigureInput) => [total, tax, credits, marketplace, other, note, encodeKey(key)].map((text) => text.trim()).join('\n');
  return texts(a) === texts(b);
}

/** The cells of a pasted column; null for text of several columns. A last line end, as Excel writes it, is none of them. */
export function pastedColumn(text: string): string[] | null {
  const cells = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return cells.some((cell) => cell.includes('\t')) ? null : cells.map((cell) => cell.trim());
}

/** The drafts that a pasted column makes, the first cell for the first invoice; empty cells leave an invoice as it is. */
export function pasteOver(invoices: ReconcileInvoiceDocument[], drafts: Drafts, cells: string[]): Record<string, FigureInput | null> {
  return Object.fromEntries(
    invoices.flatMap((invoice, at) => {
      const cell = cells[at] ?? '';
      const name = encodeKey(invoice);
      return cell === '' ? [] : [[name, withTotal(invoice, drafts[name], cell)]];
    }),
  );
}

/** "Oct 2026, AWS, 418273645501, INV-1": an invoice among others. */
function tellKey({ key }: FigureInput): string {
  return [formatMonth(key.month), key.provider, key.billingAccount, key.invoiceId === '' ? '' : describeInvoice(key)].filter((part) => part !== '').join(', ');
}

export type Refused = { name: string; text: string };

/** Those that were not saved, each with its reason. */
export function refusedOf(inputs: [string, FigureInput][], outcomes: FigureOutcome[]): Refused[] {
  return inputs.flatMap(([name, input], at) => {
    const problem = outcomes[at]?.problem ?? '';
    return problem === '' ? [] : [{ name, text: `${tellKey(input)}: ${problem.replace(/^Total: /, '')}` }];
  });
}

/** What of a file can be saved and is not stored so already. */
export function savedInputs(preview: FiguresPreview | undefined): FigureInput[] {
  return (preview?.rows ?? []).flatMap(({ state, input }) => (state === 'new' || state === 'replaces' ? [input] : []));
}

/** "3 new, 1 replaces another amount, 2 unchanged, 1 refused. Amounts were read with a decimal comma." */
export function tellPreview({ rows, leftOut, decimal }: FiguresPreview): string {
  const count = (state: FiguresPreview['rows'][number]['state']) => rows.filter((row) => row.state === state).length;
  const replaced = count('replaces');
  const parts = [`${count('new')} new`, `${replaced} ${replaced === 1 ? 'replaces' : 'replace'} another amount`, `${count('unchanged')} unchanged`, `${count('refused')} refused`];
  if (leftOut > 0) parts.push(`${formatCounted(leftOut, 'line')} without amounts left out`);
  return `${parts.join(', ')}. Amounts were read with a decimal ${decimal}.`;
}

/** The workspace has charges of the invoice. */
export function hasCharges(invoices: ReconcileInvoiceDocument[], key: ReconcileInvoiceKey): boolean {
  return invoices.some((invoice) => invoice.lines > 0 && sameKey(invoice, key));
}

/** "12 invoice amounts saved, 2 refused." */
export function tellSaved(saved: number, refused: number): string {
  return `${formatCounted(saved, 'invoice amount')} saved${refused > 0 ? `, ${refused} refused` : ''}.`;
}
