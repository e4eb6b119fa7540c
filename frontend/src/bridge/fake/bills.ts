/**
 * Bills in memory: every version that imports brought, of which those that count make the ledger. The invented client holds an older
 * export of the AWS bill of November that was replaced, and a second export of the Microsoft bill of October that is not counted.
 */
import type { BillChange, BillInfo, BillName, Bills, BillSource, BillVersion, ControlTotal, SameBill } from '../../lib/wire';
import { AppError } from '../errors';
import type { FakeCharge } from './charges';
import { compareCharges } from './compare';
import { printUnits } from './ledger';

export type FakeStore = {
  charges(): FakeCharge[];
  set(charges: FakeCharge[]): void;
  changed(): void;
  now(): number;
};

/** What one import brought of a bill. */
type Slice = Pick<BillVersion, 'importId' | 'importedAt' | 'export' | 'part' | 'files' | 'state' | 'replacedBy'> & { bill: BillName; charges: FakeCharge[] };

export type Brought = Pick<Slice, 'importId' | 'importedAt' | 'export' | 'files' | 'charges'>;

export type FakeBills = Bills & {
  /** Imports of the invented client beyond those whose charges count, with what they brought. */
  history(): (Brought & { state: 'superseded' | 'excluded' })[];
  /** Adds an import whose charges count. */
  bring(brought: Brought): void;
  /** Adds a second export of bills that the ledger has. */
  exclude(brought: Brought): SameBill[];
  /** What a newer export changes in the bills it replaces; with keep it replaces them. */
  replace(brought: Brought, keep: boolean): BillChange[];
  undo(importId: number): void;
};

const metrics = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];

const formats: Record<string, string> = { 'aws-cur': 'aws-cur2-parquet', 'azure-export': 'azure-mca-amortized' };

function billOf({ fields }: FakeCharge): BillName {
  return { provider: fields.ProviderName ?? '', account: fields.BillingAccountId ?? '', month: (fields.BillingPeriodStart ?? '').slice(0, 7) };
}

const idOf = ({ provider, account, month }: BillName) => JSON.stringify([month, provider, account]);

function grouped<Item>(items: Item[], key: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}

function totalsOf(slices: Slice[]): ControlTotal[] {
  const sums = new Map<string, ControlTotal & { units: bigint }>();
  for (const { bill, charges, export: name } of slices) {
    for (const { currency, amounts } of charges) {
      const own: [string, bigint | null][] = name === 'focus' ? [] : [[name === 'aws-cur' ? 'unblended' : 'cost', amounts[0] ?? null]];
      for (const [metric, units] of [...metrics.map((metric, at): [string, bigint | null] => [metric, amounts[at] ?? null]), ...own]) {
        const id = `${currency} ${metric}`;
        const sum = sums.get(id) ?? { currency, month: bill.month, metric, amount: '', units: 0n };
        sum.units += units ?? 0n;
        sums.set(id, sum);
      }
    }
  }
  return [...sums.values()].map(({ units, ...rest }) => ({ ...rest, amount: printUnits(units) }));
}

function daysOf(slices: Slice[]): string[] {
  return slices.flatMap((slice) => slice.charges.map((charge) => charge.day)).sort();
}

function sourceOf(slices: Slice[]): BillSource {
  const [first] = slices;
  return { export: first?.export ?? '', part: first?.part ?? '', files: slices.flatMap((slice) => slice.files), lines: slices.reduce((sum, slice) => sum + slice.charges.length, 0), lastDay: daysOf(slices).at(-1) ?? '', totals: totalsOf(slices) };
}

function versionOf(slice: Slice): BillVersion {
  const { importId, importedAt, export: name, part, files, state, replacedBy } = slice;
  const days = daysOf([slice]);
  return { importId, importedAt, user: 'nora', export: name, part, formats: [formats[name] ?? 'focus-csv'], files, state, replacedBy, lines: slice.charges.length, firstDay: days[0] ?? '', lastDay: days.at(-1) ?? '', totals: totalsOf([slice]) };
}

/** The bill as an export of the fifteenth had it: shorter, some costs not final, the credit not granted, two lines that were taken back. */
function olderVersion(charges: FakeCharge[], importId: number): FakeCharge[] {
  const known = charges.filter((charge, at) => charge.day <= '2026-11-15' && charge.fields.ChargeCategory !== 'Credit' && at % 29 !== 3);
  const older = known.map((charge, at) => ({ ...charge, importId, amounts: at % 17 === 5 ? charge.amounts.map((units) => (units === null ? null : (units * 97n) / 100n)) : charge.amounts }));
  const withdrawn = older.slice(0, 2).map((charge) => ({ ...charge, fields: { ...charge.fields, ServiceName: 'Amazon Kinesis', ChargeDescription: 'Amazon Kinesis in eu-west-1' } }));
  return [...older, ...withdrawn];
}

export function createFakeBills(store: FakeStore, seedFiles: Record<number, string[]>, seedTime: (importId: number) => string): FakeBills {
  let slices: Slice[] = [];
  const choices = new Map<string, string>();
  let seeded = false;

  const split = ({ charges, ...rest }: Brought, state: Slice['state'], part = ''): Slice[] =>
    [...grouped(charges, (charge) => idOf(billOf(charge))).values()].flatMap((own) => (own[0] ? [{ ...rest, part, state, replacedBy: 0, bill: billOf(own[0]), charges: own }] : []));
  const at = (provider: string, month: string) => store.charges().filter((charge) => charge.fields.ProviderName === provider && billOf(charge).month === month);
  const held = () => {
    if (seeded || store.charges().length === 0) return slices;
    seeded = true;
    const imports = grouped(store.charges(), (charge) => String(charge.importId));
    const now = [...imports].flatMap(([id, charges]) => split({ importId: Number(id), importedAt: seedTime(Number(id)), export: 'focus', files: seedFiles[Number(id)] ?? [], charges }, 'counted'));
    const older = olderVersion(at('AWS', '2026-11'), 4);
    const second = at('Microsoft', '2026-10').map((charge) => ({ ...charge, importId: 5 }));
    slices = [
      ...now,
      ...split({ importId: 4, importedAt: seedTime(4), export: 'focus', files: seedFiles[4] ?? [], charges: older }, 'replaced').map((slice) => ({ ...slice, replacedBy: 1 })),
      ...split({ importId: 5, importedAt: seedTime(5), export: 'azure-export', files: seedFiles[5] ?? [], charges: second }, 'excluded', 'amortized'),
    ];
    return slices;
  };
  const settle = (next: Slice[]) => {
    slices = next;
    store.set(slices.flatMap((slice) => (slice.state === 'counted' ? slice.charges : [])));
    store.changed();
  };
  const find = (bill: BillName) => {
    const own = held().filter((slice) => idOf(slice.bill) === idOf(bill));
    if (own.length === 0) throw new AppError('not_found', `The workspace has no bill of ${bill.provider}, account ${bill.account}, ${bill.month}.`);
    return own;
  };
  const chargesOf = (bill: BillName, importId: number) => {
    const own = find(bill).filter((slice) => slice.importId === importId && slice.state !== 'undone');
    if (own.length === 0) throw new AppError('not_found', `Import ${importId} has no lines of this bill.`);
    return own.flatMap((slice) => slice.charges);
  };
  const infoOf = (own: Slice[]): BillInfo[] => {
    const [first] = own;
    if (!first) return [];
    const counted = own.filter((slice) => slice.state === 'counted');
    const versions = own.map(versionOf).sort((a, b) => b.importedAt.localeCompare(a.importedAt));
    const { lines, lastDay, totals } = sourceOf(counted);
    return [{ bill: first.bill, lines, lastDay, totals, sourceOfRecord: choices.get(idOf(first.bill)) ?? '', versions }];
  };

  return {
    List: () => {
      const infos = [...grouped(held(), (slice) => idOf(slice.bill)).values()].flatMap(infoOf);
      return Promise.resolve(infos.sort((a, b) => b.bill.month.localeCompare(a.bill.month) || a.bill.provider.localeCompare(b.bill.provider)));
    },
    Changes: async (bill, before, now) => Promise.resolve(compareCharges(bill, chargesOf(bill, before), chargesOf(bill, now))),
    UseExport: async (bill, exportName) => {
      const own = find(bill).filter((slice) => slice.state === 'counted' || slice.state === 'excluded');
      if (exportName !== '*' && !own.some((slice) => slice.export === exportName)) throw new AppError('not_found', `The workspace has no bill from the export "${exportName}".`);
      choices.set(idOf(bill), exportName);
      settle(held().map((slice) => (own.includes(slice) ? { ...slice, state: exportName === '*' || slice.export === exportName ? 'counted' : 'excluded' } : slice)));
      return Promise.resolve();
    },
    history: () =>
      ([4, 5] as const).flatMap((importId) => {
        const own = held().filter((slice) => slice.importId === importId);
        const [first] = own;
        return first ? [{ importId, importedAt: first.importedAt, export: first.export, files: first.files, charges: own.flatMap((slice) => slice.charges), state: importId === 4 ? ('superseded' as const) : ('excluded' as const) }] : [];
      }),
    bring: (brought) => settle([...held(), ...split(brought, 'counted')]),
    exclude: (brought) => {
      const added = split(brought, 'excluded');
      const same = added.map((slice): SameBill => ({ bill: slice.bill, counted: sourceOf(held().filter((other) => idOf(other.bill) === idOf(slice.bill) && other.state === 'counted')), excluded: sourceOf([slice]) }));
      settle([...held(), ...added]);
      return same;
    },
    replace: (brought, keep) => {
      const added = split(brought, 'counted');
      const old = held().filter((slice) => slice.state === 'counted' && added.some((one) => idOf(one.bill) === idOf(slice.bill)));
      const changes = added.map((slice) => compareCharges(slice.bill, old.filter((one) => idOf(one.bill) === idOf(slice.bill)).flatMap((one) => one.charges), slice.charges));
      if (keep) settle([...held().map((slice): Slice => (old.includes(slice) ? { ...slice, state: 'replaced', replacedBy: brought.importId } : slice)), ...added]);
      return changes;
    },
    undo: (importId) => {
      const gone = held().map((slice): Slice => {
        if (slice.importId === importId) return { ...slice, state: 'undone', replacedBy: 0 };
        return slice.state === 'replaced' && slice.replacedBy === importId ? { ...slice, state: 'counted', replacedBy: 0 } : slice;
      });
      const uncovered = (slice: Slice) => !gone.some((other) => idOf(other.bill) === idOf(slice.bill) && other.state === 'counted');
      settle(gone.map((slice) => (slice.state === 'excluded' && uncovered(slice) ? { ...slice, state: 'counted' } : slice)));
    },
  };
}
