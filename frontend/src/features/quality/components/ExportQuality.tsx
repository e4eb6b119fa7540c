import type { QualityPart } from '../../../lib/wire';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useExportQuality } from '../queries';

/** The button that saves one table of all data sets as a file. */
export function ExportQuality({ table, of }: { table: QualityPart; of: string }) {
  const save = useExportQuality();
  return <ExportMenu of={of} variant="text" pending={save.isPending} onExport={(format) => save.mutate({ table, format })} />;
}
