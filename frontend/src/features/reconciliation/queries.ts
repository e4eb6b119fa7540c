import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { FigureInput, ReconcileInvoiceKey, ReconcileDecimal, TableFormat } from '../../lib/wire';
import { errorToast, useToast } from '../../ui/toast';
import { useSaving } from '../../parts/useSaving';
import { encodeKey, fileNameOf, type Show, statusesOf } from './model';
import { drawEvent } from './sheet';

const reconciliationKeys = {
  all: (workspace: string) => ['reconciliation', workspace] as const,
  list: (workspace: string) => [...reconciliationKeys.all(workspace), 'list'] as const,
  detail: (workspace: string, key: ReconcileInvoiceKey) => [...reconciliationKeys.all(workspace), 'bridge', encodeKey(key)] as const,
};

/** Every invoice beside the ledger, the newest month first. */
export function useInvoices() {
  const { reconciliation } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: reconciliationKeys.list(workspace), queryFn: () => reconciliation.List(), enabled: workspace !== '' });
}

/** The bridge of one invoice. */
export function useInvoiceBridge(key: ReconcileInvoiceKey) {
  const { reconciliation } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: reconciliationKeys.detail(workspace, key), queryFn: () => reconciliation.Bridge(key), enabled: workspace !== '' });
}

/** Asks again for everything of the page. */
export function useRefresh() {
  const client = useQueryClient();
  const workspace = useWorkspacePath();
  return () => client.invalidateQueries({ queryKey: reconciliationKeys.all(workspace) });
}

/** Saves the amounts of one invoice. */
export function useSaveFigure() {
  const { reconciliation } = useBridge();
  const refresh = useRefresh();
  return useMutation({ mutationFn: ({ input }: { input: FigureInput; goOn: boolean }) => reconciliation.Save(input), onSuccess: refresh });
}

/** Saves those of many amounts that can be saved. */
export function useSaveFigures() {
  const { reconciliation } = useBridge();
  const refresh = useRefresh();
  return useMutation({ mutationFn: ({ inputs, decimal }: { inputs: FigureInput[]; decimal: Decimal }) => reconciliation.SaveAll(inputs, decimal), onSuccess: refresh });
}

/** Deletes the amounts of an invoice. */
export function useDeleteFigure() {
  const { reconciliation } = useBridge();
  const refresh = useRefresh();
  return useMutation({ mutationFn: ({ id, version }: { id: number; version: number }) => reconciliation.Delete(id, version), onSuccess: refresh });
}

export type Decimal = ReconcileDecimal;

/** Asks for a file of invoice amounts; "" when the person cancelled. */
export function useChooseFigures() {
  const { reconciliation } = useBridge();
  const toast = useToast();
  return useMutation({ mutationFn: () => reconciliation.ChooseFile(), onError: (error) => toast(errorToast(error)) });
}

/** What a file of invoice amounts says. */
export function useFiguresPreview(path: string, decimal: Decimal) {
  const { reconciliation } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...reconciliationKeys.all(workspace), 'preview', path, decimal], queryFn: () => reconciliation.Preview(path, decimal), retry: false });
}

/** Saves a file to fill in where the person chooses. */
export function useSaveTemplate() {
  const { reconciliation } = useBridge();
  return useSaving(() => reconciliation.SaveTemplate());
}

/** Has the program save the list as it is narrowed down, where the person chooses. */
export function useExportList() {
  const { reconciliation } = useBridge();
  return useSaving(({ show, format }: { show: Show; format: TableFormat }) => reconciliation.ExportList(statusesOf[show], format));
}

/** Has the program save the steps to an invoice where the person chooses. */
export function useExportSteps() {
  const { reconciliation } = useBridge();
  return useSaving(({ key, format }: { key: ReconcileInvoiceKey; format: TableFormat }) => reconciliation.ExportSteps(key, fileNameOf(key), format));
}

/** Prints the sheet of the page with the print dialog of the system. */
export function usePrint() {
  const { app } = useBridge();
  const toast = useToast();
  return () => {
    window.dispatchEvent(new Event(drawEvent));
    app.Print().catch((error: unknown) => toast({ text: error instanceof Error ? error.message : 'The page could not be printed.', tone: 'error' }));
  };
}
