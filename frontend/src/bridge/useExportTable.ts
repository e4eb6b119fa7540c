import { type TableFormat, type TableOut } from '../lib/table';
import { useBridge } from './useBridge';

/** A table of the page and the beginning of its file's name. */
export type TableExport = { name: string; table: TableOut | (() => Promise<TableOut>); format: TableFormat };

/** Hands a table of the page to the program, which asks where to save it. */
export function useExportTable(): (table: TableExport) => Promise<string> {
  const { ledger } = useBridge();
  return async ({ name, table, format }) => ledger.ExportTable(typeof table === 'function' ? await table() : table, name, format);
}
