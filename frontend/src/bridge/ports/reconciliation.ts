/** The ledger beside the invoices: what a person typed of each, and the bridge from one to the other. */
import type { Condition } from '../../lib/filter';

/** Names an invoice; invoice "" is the whole bill of the month. */
export type InvoiceKey = { provider: string; account: string; month: string; invoice: string; currency: string };

/** What a person typed of an invoice; null where it does not say. */
export type InvoiceFigure = {
  id: number;
  /** Raised by every change. */
  version: number;
  total: string;
  tax: string | null;
  credits: string | null;
  marketplace: string | null;
  other: string | null;
  note: string;
  enteredAt: string;
  user: string;
};

export type ReconciledInvoice = {
  key: InvoiceKey;
  accountName: string;
  status: 'ties' | 'ties_rounding' | 'explained' | 'not_explained' | 'no_data' | 'no_figure';
  lines: number;
  /** Billed cost of the lines that the invoice is about. */
  ledger: string;
  figure: InvoiceFigure | null;
  /** The invoice less the ledger; null without a figure, as is the rest. */
  difference: string | null;
  rest: string | null;
};

/** A part of the bill; the conditions and days ("" = open) lead to exactly its charge lines. */
export type BridgeStep = {
  kind: string;
  title: string;
  /** False for lines of the bill that the invoice is not about. */
  inside: boolean;
  lines: number;
  amount: string;
  where: Condition[];
  from: string;
  to: string;
};

/** A step from the ledger to the invoice. */
export type BridgeDifference = { kind: string; title: string; amount: string; printed: string | null; held: string | null };

/** Cost that is shown and never added: other currencies, other bills under the same invoice id. */
export type BridgeBeside = { provider: string; currency: string; lines: number; amount: string; where: Condition[] };

export type BridgeReason = { code: string; text: string };

export type InvoiceBridge = {
  invoice: ReconciledInvoice;
  /** Billed cost of the whole bill: all steps together. */
  bill: string;
  billLines: number;
  steps: BridgeStep[];
  differences: BridgeDifference[];
  beside: BridgeBeside[];
  reasons: BridgeReason[];
  /** What counts as rounding at most. */
  tolerance: string;
};

/** What a person typed, as typed; id 0 is a new figure. Saving answers "conflict" when the figure was changed since that version. */
export type FigureInput = {
  id: number;
  version: number;
  key: InvoiceKey;
  total: string;
  tax: string;
  credits: string;
  marketplace: string;
  other: string;
  note: string;
};

export type FiguresImport = {
  added: number;
  same: number;
  /** Lines without any amount, such as those of a template that nobody filled in. */
  leftOut: number;
  decimal: 'point' | 'comma';
  replaced: { line: number; key: InvoiceKey; before: string; now: string }[];
};

export type Reconciliation = {
  List(): Promise<ReconciledInvoice[]>;
  Bridge(key: InvoiceKey): Promise<InvoiceBridge>;
  /** Returns the name that the figure is kept under. */
  Save(input: FigureInput): Promise<InvoiceKey>;
  Delete(id: number): Promise<void>;
  /** Asks with the system's dialog; "" when the person cancelled. */
  ChooseFile(): Promise<string>;
  Import(path: string, decimal: 'auto' | 'point' | 'comma'): Promise<FiguresImport>;
  /** Asks where to save; "" when the person cancelled. */
  SaveTemplate(): Promise<string>;
};
