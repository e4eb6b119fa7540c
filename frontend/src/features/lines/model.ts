import { type LedgerState, type LinesPage } from '../../bridge/ports';
import { formatDay } from '../../lib/days';
import { fullMoney } from '../../lib/money';

/** The columns a reader of a bill looks at first; those the ledger lacks are left out. */
const usualColumns = [
  'ChargePeriodStart',
  'ServiceProviderName',
  'ProviderName',
  'SubAccountName',
  'ServiceName',
  'ChargeDescription',
  // In sight on the smallest desk without scrolling: a table of charges that hides the cost answers nothing.
  'BilledCost',
  'EffectiveCost',
  'ChargeCategory',
  'ResourceName',
  'RegionName',
];

/** A newer name of the same thing makes the older one superfluous. */
const replacedBy: Record<string, string> = { ProviderName: 'ServiceProviderName' };

export const costColumns = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];

export type LedgerColumn = LedgerState['columns'][number];

/** The columns shown until the person chooses others. */
export function defaultColumns(columns: LedgerColumn[]): string[] {
  const known = new Set(columns.map((column) => column.name));
  const usual = usualColumns.filter((name) => known.has(name) && !known.has(replacedBy[name] ?? ''));
  return usual.length > 0 ? usual : columns.slice(0, 10).map((column) => column.name);
}

/** One charge line: its cells and, shared with the other lines of its page, the place of each column among them. */
export type LineRow = { at: Map<string, number>; cells: (string | null)[] };

/** A page of lines as the table takes them. */
export type LineRows = { total: number; totals: LinesPage['totals']; rows: LineRow[] };

/** Pairs the cells of a page with its columns. */
export function lineRows(page: LinesPage): LineRows {
  const at = new Map(page.columns.map((name, index) => [name, index]));
  return { total: page.total, totals: page.totals, rows: page.rows.map((cells) => ({ at, cells })) };
}

/** The exact text of one column of a line; null when the line has no value there. */
export function lineValue(row: LineRow, column: string): string | null {
  const index = row.at.get(column);
  return index === undefined ? null : (row.cells[index] ?? null);
}

/** A civil day for instants at midnight UTC, which is how bills tell days; any other instant stays as it is. */
export function tellTime(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T00:00(?::00(?:\.0+)?)?(?:Z|\+00:00))?$/.exec(text);
  return match?.[1] ? formatDay(match[1]) : text.replace('T', ' ').replace(/Z$/, ' UTC');
}

/** A cost with every digit, a time as a day, all else as it is in the file. */
export function tellValue(column: LedgerColumn, value: string, currency: string): string {
  if (costColumns.includes(column.name)) return fullMoney(value, currency);
  return column.kind === 'time' ? tellTime(value) : value;
}

/** Key and value pairs of a JSON object of texts, or null when it is something else. */
export function jsonPairs(text: string): [string, string][] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not JSON after all: it is shown as the text it is.
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  return Object.entries(parsed).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]);
}
