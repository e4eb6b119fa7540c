/** Reconciliation in memory: bridges of the invented bill by charge category, with the rules of the Go side as far as tests need them. */
import { absolute, add, compare, subtract } from '../../lib/decimal';
import { monthOf } from '../../lib/days';
import type { BridgeDifference, BridgeStep, FigureInput, InvoiceBridge, InvoiceFigure, InvoiceKey, ReconciledInvoice, Reconciliation } from '../../lib/wire';
import { AppError } from '../errors';
import { type FakeCharge } from './charges';
import { printUnits } from './ledger';

const titles: Record<string, string> = { Usage: 'Usage', Purchase: 'Purchases: commitments, subscriptions, fees', Credit: 'Credits', Tax: 'Tax' };

const nameOf = (key: InvoiceKey) => JSON.stringify([key.month, key.provider, key.account, key.invoice, key.currency]);

function keyOf({ fields, currency }: FakeCharge): InvoiceKey {
  return { provider: fields.ProviderName ?? '', account: fields.BillingAccountId ?? '', month: monthOf(fields.BillingPeriodStart ?? ''), invoice: '', currency };
}

const billsOf = new WeakMap<FakeCharge[], Map<string, FakeCharge[]>>();

/** The charges of each bill, put in order once for each state of the ledger. */
function groupBills(charges: FakeCharge[]): Map<string, FakeCharge[]> {
  const known = billsOf.get(charges);
  if (known) return known;
  const bills = new Map<string, FakeCharge[]>();
  for (const charge of charges) {
    const name = nameOf(keyOf(charge));
    const those = bills.get(name);
    if (those) those.push(charge);
    else bills.set(name, [charge]);
  }
  billsOf.set(charges, bills);
  return bills;
}

function readAmount(field: string, text: string): string {
  const plain = text.trim();
  if (/^-?\d{1,3}[.,]\d{3}$/.test(plain)) throw new AppError('invalid', `${field}: "${plain}" can be read in two ways. Write it without separators between the thousands and with two decimals, for example 1234.00.`);
  if (!/^-?\d+(\.\d+)?$/.test(plain)) throw new AppError('invalid', `${field}: "${plain}" is not an amount with a decimal point.`);
  return plain;
}

function stepsOf(charges: FakeCharge[], key: InvoiceKey): BridgeStep[] {
  return Object.keys(titles).flatMap((category) => {
    const those = charges.filter(({ fields }) => fields.ChargeCategory === category);
    if (those.length === 0) return [];
    const sum = those.reduce((units, { amounts }) => units + (amounts[0] ?? 0n), 0n);
    return [
      {
        kind: category.toLowerCase(),
        title: titles[category] ?? category,
        inside: true,
        lines: those.length,
        amount: printUnits(sum),
        where: [
          { column: 'Provider', op: 'in' as const, values: [key.provider] },
          { column: 'BillingPeriodStart', op: 'in' as const, values: [`${key.month}-01T00:00:00Z`] },
          { column: 'ChargeCategory', op: 'in' as const, values: [category] },
        ],
        from: category === 'Usage' ? `${key.month}-01` : '',
        to: '',
      },
    ];
  });
}

function differencesOf(steps: BridgeStep[], ledger: string, figure: InvoiceFigure): { differences: BridgeDifference[]; rest: string; status: ReconciledInvoice['status'] } {
  let rest = subtract(figure.total, ledger);
  const differences: BridgeDifference[] = [];
  const parts: [string, string, string | null][] = [
    ['tax', 'Tax', figure.tax],
    ['credit', 'Credits', figure.credits],
    ['marketplace', 'Marketplace: charges of other publishers', figure.marketplace],
    ['other', 'On the invoice, not in the cost data (support, other)', figure.other],
  ];
  for (const [kind, title, printed] of parts) {
    if (printed === null) continue;
    const inLedger = steps.find((step) => step.kind === kind)?.amount ?? '0';
    const amount = subtract(printed, inLedger);
    rest = subtract(rest, amount);
    differences.push({ kind, title, amount, printed, inLedger });
  }
  const explained = differences.some(({ amount }) => compare(amount, '0') !== 0);
  if (compare(rest, '0') !== 0 && compare(absolute(rest), '0.03') <= 0) {
    differences.push({ kind: 'rounding', title: 'Rounding', amount: rest, printed: null, inLedger: null });
    return { differences, rest: '0', status: explained ? 'explained' : 'ties_rounding' };
  }
  if (compare(rest, '0') === 0) return { differences, rest: '0', status: explained ? 'explained' : 'ties' };
  differences.push({ kind: 'rest', title: 'Not explained', amount: rest, printed: null, inLedger: null });
  return { differences, rest, status: 'not_explained' };
}

export function createFakeReconciliation(charges: () => FakeCharge[], later: <T>(work: () => T) => Promise<T>, now: () => number): Reconciliation {
  const figures = new Map<string, InvoiceFigure & { key: InvoiceKey }>();
  let last = 0;

  const bridge = (key: InvoiceKey): InvoiceBridge => {
    const those = groupBills(charges()).get(nameOf(key)) ?? [];
    const steps = stepsOf(those, key);
    const ledger = steps.reduce((sum, { amount }) => add(sum, amount), '0');
    const figure = figures.get(nameOf(key)) ?? null;
    const end = figure && those.length > 0 ? differencesOf(steps, ledger, figure) : null;
    return {
      invoice: {
        key,
        accountName: those[0]?.fields.BillingAccountName ?? '',
        status: end?.status ?? (figure ? 'no_data' : 'no_figure'),
        lines: those.length,
        ledger,
        figure,
        difference: figure && subtract(figure.total, ledger),
        rest: figure && (end?.rest ?? subtract(figure.total, ledger)),
      },
      bill: ledger,
      billLines: those.length,
      steps,
      differences: end?.differences ?? [],
      beside: [],
      reasons: end?.status === 'not_explained' ? [{ code: 'not_in_data', text: 'What the invoice charges and the ledger does not hold, such as a support plan, is typed as other.' }] : [],
      tolerance: '0.03',
    };
  };

  const save = (input: FigureInput): InvoiceKey => {
    if (input.total.trim() === '') throw new AppError('invalid', 'Type the total of the invoice: the amount to pay.');
    const part = (field: string, text: string) => (text.trim() === '' ? null : readAmount(field, text));
    const seen = [...figures.values()].find(({ id }) => id === input.id);
    if (seen && seen.version !== input.version) throw new AppError('conflict', 'The invoice amount was changed meanwhile. Compare both and decide which one to keep; nothing was changed.');
    const figure = {
      key: input.key,
      id: input.id,
      version: (seen?.version ?? 0) + 1,
      total: readAmount('Total', input.total),
      tax: part('Tax', input.tax),
      credits: part('Credits', input.credits),
      marketplace: part('Marketplace', input.marketplace),
      other: part('Other', input.other),
      note: input.note,
      enteredAt: new Date(now()).toISOString(),
      user: 'nora',
    };
    for (const [name, one] of figures) if (one.id === input.id) figures.delete(name);
    if (figure.id === 0) figure.id = last += 1;
    figures.set(nameOf(input.key), figure);
    return input.key;
  };

  return {
    List: () =>
      later(() => {
        const keys = new Map<string, InvoiceKey>();
        for (const [name, [first]] of groupBills(charges())) if (first) keys.set(name, keyOf(first));
        for (const [name, { key }] of figures) keys.set(name, key);
        const names = [...keys.keys()].sort().reverse();
        return names.flatMap((name) => {
          const key = keys.get(name);
          return key ? [bridge(key).invoice] : [];
        });
      }),
    Bridge: (key) => later(() => bridge(key)),
    Save: (input) => later(() => save(input)),
    Delete: (id) =>
      later(() => {
        for (const [name, one] of figures) if (one.id === id) figures.delete(name);
      }),
    ChooseFile: () => Promise.resolve('/home/nora/Documents/invoices.csv'),
    Import: (_path, decimal) =>
      later(() => {
        if (decimal === 'auto') throw new AppError('invalid', 'Line 2: "1,234" can be read in two ways. Nothing was kept.');
        return { added: 1, same: 0, leftOut: 2, decimal, replaced: [] };
      }),
    SaveTemplate: () => Promise.resolve('/home/nora/Documents/invoice figures.csv'),
  };
}
