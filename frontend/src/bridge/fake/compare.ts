/** What changed between two versions of a bill in memory, by the rules of the real ledger. */
import type { BillChange, BillName, GroupChange, LinesChange } from '../../lib/wire';
import type { FakeCharge } from './charges';
import { printUnits } from './ledger';

type Sum = { billed: bigint; effective: bigint };
type Lines = { lines: number; costs: Map<string, Sum> };
type Both = { currency: string; day: string; before: Lines; now: Lines };

/** What tells one charge from another. */
const identity = ['ServiceName', 'SkuId', 'ChargeCategory', 'ChargeClass', 'ChargeDescription', 'ResourceId', 'SubAccountId', 'RegionId', 'ChargePeriodStart', 'CommitmentDiscountStatus'];

const nothing = (): Lines => ({ lines: 0, costs: new Map() });

function add(into: Lines, lines: number, currency: string, { billed, effective }: Sum): void {
  const sum = into.costs.get(currency) ?? { billed: 0n, effective: 0n };
  into.lines += lines;
  into.costs.set(currency, { billed: sum.billed + billed, effective: sum.effective + effective });
}

function costsOf({ amounts }: FakeCharge): Sum {
  return { billed: amounts[0] ?? 0n, effective: amounts[1] ?? 0n };
}

function sumOf(lines: Lines, currency: string): Sum {
  return lines.costs.get(currency) ?? { billed: 0n, effective: 0n };
}

function told({ lines, costs }: Lines): LinesChange {
  const list = [...costs].map(([currency, sum]) => ({ currency, billed: printUnits(sum.billed), effective: printUnits(sum.effective) }));
  return { lines, costs: list.sort((a, b) => a.currency.localeCompare(b.currency)) };
}

function whole(charges: FakeCharge[]): Lines {
  const lines = nothing();
  for (const charge of charges) add(lines, 1, charge.currency, costsOf(charge));
  return lines;
}

function groups(before: FakeCharge[], now: FakeCharge[], column: string): GroupChange[] {
  const found = new Map<string, Both & { name: string }>();
  const collect = (charges: FakeCharge[], side: 'before' | 'now') => {
    for (const charge of charges) {
      const name = charge.fields[column] ?? '';
      const id = JSON.stringify([name, charge.currency]);
      const group = found.get(id) ?? { name, currency: charge.currency, day: '', before: nothing(), now: nothing() };
      add(group[side], 1, charge.currency, costsOf(charge));
      found.set(id, group);
    }
  };
  collect(before, 'before');
  collect(now, 'now');
  const size = (group: Both) => {
    const change = sumOf(group.now, group.currency).billed - sumOf(group.before, group.currency).billed;
    return change < 0n ? -change : change;
  };
  const sorted = [...found.values()].sort((a, b) => (size(a) < size(b) ? 1 : size(a) > size(b) ? -1 : a.name.localeCompare(b.name)));
  return sorted.map((group) => {
    const old = sumOf(group.before, group.currency);
    const fresh = sumOf(group.now, group.currency);
    return { name: group.name, currency: group.currency, billedBefore: printUnits(old.billed), billedNow: printUnits(fresh.billed), effectiveBefore: printUnits(old.effective), effectiveNow: printUnits(fresh.effective) };
  });
}

function paired(before: FakeCharge[], now: FakeCharge[]): Both[] {
  const found = new Map<string, Both>();
  const collect = (charges: FakeCharge[], side: 'before' | 'now') => {
    for (const charge of charges) {
      const id = JSON.stringify([charge.currency, ...identity.map((column) => charge.fields[column] ?? null)]);
      const both = found.get(id) ?? { currency: charge.currency, day: charge.day, before: nothing(), now: nothing() };
      add(both[side], 1, charge.currency, costsOf(charge));
      found.set(id, both);
    }
  };
  collect(before, 'before');
  collect(now, 'now');
  return [...found.values()];
}

/** Compares two versions of a bill charge by charge. */
export function compareCharges(bill: BillName, before: FakeCharge[], now: FakeCharge[]): BillChange {
  const lastBefore = before.reduce((last, charge) => (charge.day > last ? charge.day : last), '');
  const credits = (charges: FakeCharge[]) => whole(charges.filter((charge) => charge.fields.ChargeCategory === 'Credit'));
  const fresh = nothing();
  const gone = nothing();
  const changed = nothing();
  const late = nothing();
  let unchangedLines = 0;
  for (const both of paired(before, now)) {
    const old = sumOf(both.before, both.currency);
    const sum = sumOf(both.now, both.currency);
    const difference = { billed: sum.billed - old.billed, effective: sum.effective - old.effective };
    if (both.before.lines === 0) {
      add(fresh, both.now.lines, both.currency, sum);
      if (both.day < lastBefore) add(late, both.now.lines, both.currency, sum);
    } else if (both.now.lines === 0) add(gone, both.before.lines, both.currency, old);
    else if (both.before.lines === both.now.lines && difference.billed === 0n && difference.effective === 0n) unchangedLines += both.now.lines;
    else add(changed, both.now.lines, both.currency, difference);
  }
  return {
    bill,
    before: told(whole(before)),
    now: told(whole(now)),
    new: told(fresh),
    gone: told(gone),
    changed: told(changed),
    unchangedLines,
    late: told(late),
    creditsBefore: told(credits(before)),
    creditsNow: told(credits(now)),
    services: groups(before, now, 'ServiceName'),
    subAccounts: groups(before, now, 'SubAccountName'),
  };
}
