import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { BillFilter, IngestBill, TableFormat } from '../../lib/wire';
import { useSaving } from '../../parts/useSaving';

const billKeys = {
  all: (workspace: string) => ['bills', workspace] as const,
  list: (workspace: string) => [...billKeys.all(workspace), 'list'] as const,
  changes: (workspace: string, bill: IngestBill, before: number, now: number) => [...billKeys.all(workspace), 'changes', bill, before, now] as const,
};

/** Every bill of the workspace with its versions, the newest month first. */
export function useBills() {
  const { bills } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: billKeys.list(workspace), queryFn: () => bills.List(), enabled: workspace !== '' });
}

/** What one import changed in a bill against an earlier one. */
export function useBillChanges(bill: IngestBill, before: number, now: number) {
  const { bills } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: billKeys.changes(workspace, bill, before, now), queryFn: () => bills.Changes(bill, before, now) });
}

/** Says which export of a bill is used, or that all of them count. */
export function useChooseExport() {
  const { bills } = useBridge();
  const client = useQueryClient();
  const workspace = useWorkspacePath();
  return useMutation({
    mutationFn: ({ bill, exportName }: { bill: IngestBill; exportName: string }) => bills.UseExport(bill, exportName),
    onSuccess: () => client.invalidateQueries({ queryKey: billKeys.all(workspace) }),
  });
}

/** Has the program save every version of the bills that are meant, where the person chooses. */
export function useExportBills() {
  const { bills } = useBridge();
  return useSaving(({ meant, format }: { meant: BillFilter; format: TableFormat }) => bills.Export(meant, format));
}
