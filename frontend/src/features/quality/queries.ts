import { useQuery } from '@tanstack/react-query';

import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { QualityPart, TableFormat } from '../../lib/wire';
import { useSaving } from '../../parts/useSaving';

const qualityKeys = {
  // Under the ledger's keys, so that it grows stale with the ledger.
  passport: (workspace: string) => [...ledgerKeys.all, workspace, 'quality'] as const,
};

/** The passport of the open workspace. */
export function usePassport() {
  const { quality } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: qualityKeys.passport(workspace), queryFn: () => quality.Passport(), enabled: workspace !== '' });
}

/** Has the program save a table of the data quality where the person chooses. */
export function useExportQuality() {
  const { quality } = useBridge();
  return useSaving(({ table, format }: { table: QualityPart; format: TableFormat }) => quality.Export(table, format));
}

/** Has the program save the whole passport where the person chooses, as the command line prints it. */
export function useExportPassport() {
  const { quality } = useBridge();
  return useSaving(() => quality.ExportJSON());
}
