/** What a newer version of a bill changes, arranged for reading. The amounts are the ledger's; only differences are taken here. */
import { currenciesOf } from './bill';
import { absolute, compare, subtract } from './decimal';
import { deltaOf, type Delta } from './percent';
import type { IngestChange, IngestGroupChange, IngestLinesChange } from './wire';

/** The two costs that a change is shown in. */
export type Cost = 'billed' | 'effective';

/** The currencies that either version has. */
export function changeCurrencies({ before, now }: IngestChange): string[] {
  return currenciesOf([...before.costs, ...now.costs]);
}

/** Whether a newer version has any charge that the older one does not have just so, or lacks one of its charges. */
export function changesLines({ new: fresh, gone, changed }: IngestChange): boolean {
  return fresh.lines + gone.lines + changed.lines > 0;
}

/** What the lines cost; nothing where they have none in that currency. */
export function costOf(lines: IngestLinesChange, currency: string, cost: Cost): string {
  return lines.costs.find((one) => one.currency === currency)?.[cost] ?? '0';
}

export function costDelta(before: IngestLinesChange, now: IngestLinesChange, currency: string, cost: Cost): Delta | null {
  return deltaOf(costOf(now, currency, cost), costOf(before, currency, cost));
}

/** Lines of one kind, with the amount they move the bill by: what is gone moves it down. */
export type Mover = { name: string; hint: string; lines: number; part: boolean; amount: (currency: string, cost: Cost) => string | null };

/** Why the bill changed, by what became of its lines; new, gone and changed lines add up to the change. */
export function moversOf(change: IngestChange): Mover[] {
  const of = (lines: IngestLinesChange) => (currency: string, cost: Cost) => costOf(lines, currency, cost);
  return [
    { name: 'New', hint: 'Charges that only the newer version has', lines: change.new.lines, part: false, amount: of(change.new) },
    { name: 'reported late', hint: 'New charges of days that the older version had already', lines: change.late.lines, part: true, amount: of(change.late) },
    { name: 'Gone', hint: 'Charges that only the older version has', lines: change.gone.lines, part: false, amount: (currency, cost) => subtract('0', costOf(change.gone, currency, cost)) },
    { name: 'Changed', hint: 'Charges of both versions with another cost or number of lines', lines: change.changed.lines, part: false, amount: of(change.changed) },
    { name: 'Unchanged', hint: 'Charges that are the same in both versions', lines: change.unchangedLines, part: false, amount: () => null },
  ];
}

export type GroupRow = { name: string; currency: string; before: string; now: string; delta: Delta | null };

/** Services or sub-accounts by how much they changed, each currency on its own. */
export function groupRows(groups: IngestGroupChange[], cost: Cost): GroupRow[] {
  const rows = groups.map((group): GroupRow => {
    const before = cost === 'billed' ? group.billedBefore : group.effectiveBefore;
    const now = cost === 'billed' ? group.billedNow : group.effectiveNow;
    return { name: group.name, currency: group.currency, before, now, delta: deltaOf(now, before) };
  });
  const size = (row: GroupRow) => absolute(row.delta?.amount ?? '0');
  return rows.sort((a, b) => a.currency.localeCompare(b.currency) || compare(size(b), size(a)) || a.name.localeCompare(b.name));
}
