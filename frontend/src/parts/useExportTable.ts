import { useBridge } from '../bridge/useBridge';
import { type TableFormat, type TableOut } from '../lib/table';
import { useSaving } from './useSaving';

/** A table of the page and the beginning of its file's name. */
type TableExport = { name: string; table: TableOut | (() => Promise<TableOut>); format: TableFormat };

/** Hands a table of the page to the program, which asks where to save it, and says where it went. */
export function useExportTable() {
  const { ledger } = useBridge();
  return useSaving(async ({ name, table, format }: TableExport) => ledger.ExportTable(typeof table === 'function' ? await table() : table, name, format));
}
