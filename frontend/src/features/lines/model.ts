import { describeNamedAccount, type ValueNames } from '../../lib/accountNames';
import { describeEnd, describePeriod, describeStart } from '../../lib/instants';
import { unroundedMoney } from '../../lib/money';
import { dimensionColumn } from '../../parts/columns';
import type { LedgerState, LinesPage } from '../../lib/wire';

/** The columns a reader of a bill looks at first; those the ledger lacks are left out. */
const usualColumns = [
  'ChargePeriodStart',
  'Provider',
  'Account',
  'ServiceName',
  'ChargeDescription',
  // In sight on the smallest desk without scrolling: a table of charges that hides the cost answers nothing.
  'BilledCost',
  'EffectiveCost',
  'ChargeCategory',
  'ResourceName',
  'RegionName',
];

export const costColumns = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];

/** A column of the lines; a dimension is made of columns by the program. */
export type LedgerColumn = LedgerState['columns'][number] & { dimension?: boolean };

/** All columns of the lines: the dimensions, built-in and virtual, then those of the files. */
export function columnsOf({ dimensions, columns }: Pick<LedgerState, 'dimensions' | 'columns'>, virtual: { name: string; problem: string }[]): LedgerColumn[] {
  const made = virtual.filter(({ problem }) => problem === '').map(({ name }) => dimensionColumn(name));
  return [...[...dimensions, ...made].map((name) => ({ name, focus: false, dimension: true, kind: 'text' as const })), ...columns];
}

/** The columns shown until the person chooses others; where there is little room, what was charged and how much comes first. */
export function defaultColumns(columns: LedgerColumn[], narrow = false): string[] {
  const known = new Set(columns.map((column) => column.name));
  const first = ['ChargePeriodStart', 'ServiceName', 'EffectiveCost', 'BilledCost'];
  const wanted = narrow ? [...first, ...usualColumns.filter((name) => !first.includes(name))] : usualColumns;
  const usual = wanted.filter((name) => known.has(name));
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

/** The other end of a period, which a cell needs to show it. */
const endColumns: Record<string, string> = { ChargePeriodStart: 'ChargePeriodEnd' };

/** The columns to ask for so that those can be shown. */
export function askedColumns(shown: string[], columns: LedgerColumn[]): string[] {
  const ends = shown.flatMap((name) => endColumns[name] ?? []).filter((name) => columns.some((column) => column.name === name));
  return [...new Set([...shown, ...ends])];
}

/** A time of a line: its charge period, a day that is meant to be part of the period, or any other time. */
export function describeTime(row: LineRow, column: string): string {
  const text = lineValue(row, column) ?? '';
  const end = endColumns[column];
  if (end !== undefined) return describePeriod(text, lineValue(row, end));
  return column.endsWith('End') ? describeEnd(text) : describeStart(text);
}

/** A cost with every digit, a time as people read it, an account by its name, all else as it is in the file. */
export function describeValue(row: LineRow, column: LedgerColumn, currency: string, nameOf: ValueNames): string {
  const value = lineValue(row, column.name) ?? '';
  if (costColumns.includes(column.name)) return unroundedMoney(value, currency);
  if (column.kind === 'time') return describeTime(row, column.name);
  return describeNamedAccount(value, nameOf(column.name, value));
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
