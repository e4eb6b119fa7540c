import type { MigrationPart } from '../../../lib/wire';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useExportAssessment } from '../queries';

/** The button that saves one table of what an assessment came to as a file. */
export function ExportPart({ name, part, of, disabled = false }: { name: string; part: MigrationPart; of: string; disabled?: boolean }) {
  const save = useExportAssessment(name);
  return <ExportMenu of={of} variant="text" disabled={disabled} pending={save.isPending} onExport={(format) => save.mutate({ part, format })} />;
}
