import { useBridge } from '../bridge/useBridge';
import type { ShownTable, TableFormat } from '../lib/wire';
import { useSaving } from './useSaving';

/** A table of the page and the beginning of its file's name. */
type TableExport = { name: string; table: ShownTable | (() => Promise<ShownTable>); format: TableFormat };

/** Hands a table of the page to the program, which asks where to save it, and says where it went. */
export function useExportTable() {
  const { ledger } = useBridge();
  return useSaving(async ({ name, table, format }: TableExport) => ledger.ExportTable(typeof table === 'function' ? await table() : table, name, format));
}
