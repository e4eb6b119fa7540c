import { type ImportInfo, type PlannedFile } from '../../bridge/ports';
import { formatMonth } from '../../lib/days';

/** What travels with the address of the import flow: the files, and the plan that was started. */
export type FlowState = { paths: string[]; planId: string; strict: boolean };

/** Reads the state of a location, which may come from an older visit or another page. */
export function flowStateOf(state: unknown): FlowState {
  const flow: FlowState = { paths: [], planId: '', strict: false };
  if (typeof state !== 'object' || state === null) return flow;
  if ('paths' in state && Array.isArray(state.paths)) flow.paths = state.paths.filter((path): path is string => typeof path === 'string');
  if ('planId' in state && typeof state.planId === 'string') flow.planId = state.planId;
  if ('strict' in state && state.strict === true) flow.strict = true;
  return flow;
}

/** The name of a file without its folders, on any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** "export.csv", "export.csv and 3 more". */
export function tellFiles(paths: string[]): string {
  const [first, ...rest] = paths.map(fileName);
  if (first === undefined) return 'No file';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** "Nov 2026", "Sep – Nov 2026", "Nov 2025 – Nov 2026": from the first to the last. */
export function tellMonths(months: string[]): string {
  const sorted = [...months].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return '';
  if (first === last) return formatMonth(first);
  return `${formatMonth(first, { year: first.slice(0, 4) !== last.slice(0, 4) })} – ${formatMonth(last)}`;
}

/** The state of an import in words. */
export const stateLabels: Record<ImportInfo['state'], string> = {
  active: 'In the ledger',
  superseded: 'Replaced',
  partly_superseded: 'Partly replaced',
  undone: 'Undone',
};

/** An import that can still be taken out of the ledger. */
export function canUndo({ state }: ImportInfo): boolean {
  return state === 'active' || state === 'partly_superseded';
}

/** Control totals of one month in one currency, by metric. */
export type TotalsRow = { month: string; currency: string; amounts: Record<string, string> };

/** Control totals with one row a month and currency; the amounts stay as they came. */
export function totalsRows(totals: ImportInfo['totals']): TotalsRow[] {
  const rows = new Map<string, TotalsRow>();
  for (const { month, currency, metric, amount } of totals) {
    const id = `${month} ${currency}`;
    const row = rows.get(id) ?? { month, currency, amounts: {} };
    row.amounts[metric] = amount;
    rows.set(id, row);
  }
  return [...rows.values()].sort((a, b) => (a.month === b.month ? a.currency.localeCompare(b.currency) : a.month < b.month ? -1 : 1));
}

/** The first signs of a hash: enough to compare two files by eye. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 12);
}

/** Columns of a file that are FOCUS columns, and those the ledger keeps under their own name. */
export function splitColumns(columns: PlannedFile['columns']): { matched: number; others: string[] } {
  const others = columns.filter((column) => !column.focus).map((column) => column.raw);
  return { matched: columns.length - others.length, others };
}

/** The list of imports as lines of a CSV, one a file. */
export function importsCsv(imports: ImportInfo[]): string[][] {
  const header = ['Import', 'State', 'Finished', 'By', 'Format', 'Version', 'Months', 'File', 'SHA-256', 'Bytes', 'Lines', 'Rejects'];
  const rows = imports.flatMap((info) =>
    info.files.map((file) => [
      String(info.id),
      stateLabels[info.state],
      info.finishedAt,
      info.user,
      info.format,
      info.version,
      info.periods.join(' '),
      file.path,
      file.sha256,
      String(file.bytes),
      String(file.lines),
      String(file.rejects),
    ]),
  );
  return [header, ...rows];
}
