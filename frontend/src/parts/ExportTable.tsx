import type { ShownTable } from '../lib/wire';
import { ExportMenu } from '../ui/ExportMenu';
import { useExportTable } from './useExportTable';

type ExportTableProps = {
  /** What is exported: "cost drivers". It begins the name of the file, too. */
  of: string;
  table: () => ShownTable;
  disabled?: boolean;
};

/** The button that saves a small table of a page as a file. */
export function ExportTable({ of, table, disabled = false }: ExportTableProps) {
  const save = useExportTable();
  return <ExportMenu of={of} variant="text" disabled={disabled} pending={save.isPending} onExport={(format) => save.mutate({ name: of, table: table(), format })} />;
}
