import { useBridge } from '../bridge/useBridge';
import type { ListName, TableFormat } from '../lib/wire';
import { ExportMenu } from '../ui/ExportMenu';
import { useSaving } from './useSaving';

type ExportListProps = {
  list: ListName;
  /** Whether the list has nothing in it. */
  disabled?: boolean;
  variant?: 'text' | 'outlined';
};

/** The button that saves a list of the workspace as a file, with all that the command line gives of it. */
export function ExportList({ list, disabled = false, variant = 'outlined' }: ExportListProps) {
  const { ledger } = useBridge();
  const save = useSaving((format: TableFormat) => ledger.ExportList(list, format));
  return <ExportMenu of={list} variant={variant} disabled={disabled} pending={save.isPending} onExport={(format) => save.mutate(format)} />;
}
