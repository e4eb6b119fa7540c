import { compare } from '../../lib/decimal';

/** One figure of a datum. An amount is exact text, null where the source gives none; `text` stands for what is no money. */
export type DatumPart = { id: string; label: string; color?: string; amount?: string | null; text?: string };

/**
 * What a chart shows at one place: the column of a day, a slice, a cell. It is what the tooltip shows, what the keyboard
 * walks over, and a row of the chart's table.
 */
export type Datum = {
  key: string;
  label: string;
  parts: DatumPart[];
  /** The ledger's own sum of the parts, where they have one; null is "no charges". */
  total?: string | null;
  /** What must be known about the figures. */
  note?: string;
};

/** The parts of a tooltip: amounts from the largest down, then texts; what has no value there is left out. */
export function shownParts(datum: Datum): DatumPart[] {
  const texts = datum.parts.filter((part) => part.text !== undefined);
  const amounts = datum.parts.flatMap((part) => (part.text === undefined && part.amount !== null && part.amount !== undefined ? [{ part, amount: part.amount }] : []));
  return [...amounts.sort((a, b) => compare(b.amount, a.amount)).map(({ part }) => part), ...texts];
}

/** The columns of a chart's table: every part that any datum has, in the order of their first appearance. */
export function tableColumns(data: Datum[]): { id: string; label: string }[] {
  const columns = new Map<string, string>();
  for (const { parts } of data) for (const { id, label } of parts) if (!columns.has(id)) columns.set(id, label);
  return [...columns].map(([id, label]) => ({ id, label }));
}

/** Where a key leads from a datum, or null when the key does not move. */
export function stepTo(key: string, active: number | null, count: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return active === null ? last : Math.max(0, active - 1);
    case 'ArrowRight':
    case 'ArrowDown':
      return active === null ? 0 : Math.min(last, active + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
