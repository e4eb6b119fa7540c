import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import type { Dimension } from '../../lib/wire';
import { filterKeys, ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { useDeletion } from '../../parts/useDeletion';
import { useSaving } from '../../parts/useSaving';
import { errorToast, useToast } from '../../ui/toast';
import { useLedgerView } from '../../ui/view/ledgerView';

/** A dimension as it is stored; asked anew each time it is opened. */
export function useStoredDimension(name: string) {
  const { dimensions } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: filterKeys.dimension(workspace, name), queryFn: () => dimensions.Find(name), enabled: workspace !== '', gcTime: 0 });
}

/** What the rules catch in the period, the currency and the scope of the page. */
export function usePreview(dimension: Dimension, leftBy: string, enabled: boolean) {
  const { dimensions } = useBridge();
  const workspace = useWorkspacePath();
  const { metric, currency, from, to, scopeWhere } = useLedgerView();
  const question = { metric, currency, from, to, where: scopeWhere, leftBy };
  return useQuery({
    queryKey: [...ledgerKeys.all, workspace, 'dimension preview', dimension, question] as const,
    queryFn: () => dimensions.Preview(dimension, question),
    enabled,
    placeholderData: keepPreviousData,
  });
}

/** Everything that may be grouped or filtered by a dimension is asked anew. */
function useChanged() {
  const client = useQueryClient();
  const workspace = useWorkspacePath();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ledgerKeys.all }),
      client.invalidateQueries({ queryKey: filterKeys.dimensions(workspace) }),
      client.invalidateQueries({ queryKey: filterKeys.scopes(workspace) }),
    ]);
}

export function useSaveDimension() {
  const { dimensions } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ dimension, version }: { dimension: Dimension; version: number }) => dimensions.Save(dimension, version), onSuccess: changed });
}

export function useDeleteDimension() {
  const { dimensions } = useBridge();
  const changed = useChanged();
  return useDeletion((name, version) => dimensions.Delete(name, version), changed, (name) => `Deleted the dimension ${name}.`);
}

/** Writes a dimension to a file. */
export function useExportDimension() {
  const { dimensions } = useBridge();
  return useSaving((name: string) => dimensions.Export(name));
}

/** Reads a dimension from a file, to look at before it is saved. */
export function useImportDimension() {
  const { dimensions } = useBridge();
  const toast = useToast();
  return useMutation({ mutationFn: () => dimensions.Import(), onError: (error) => toast(errorToast(error)) });
}
