import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { budgetKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { BudgetDraft, BudgetFill } from '../../lib/wire';
import { useDeletion } from '../../parts/useDeletion';
import { errorToast, useToast } from '../../ui/toast';

/** How a budget stands in one period; "" is the period that matters now. */
export function useBudgetDetail(name: string, period: string) {
  const { budgets } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: [...budgetKeys.all, workspace, 'detail', name, period] as const,
    queryFn: () => budgets.Detail(name, period),
    enabled: workspace !== '',
    retry: false,
    placeholderData: (before) => (before?.standing.budget.name === name ? before : undefined),
  });
}

/** All versions of a budget, the newest first. */
export function useBudgetVersions(name: string) {
  const { budgets } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...budgetKeys.all, workspace, 'versions', name] as const, queryFn: () => budgets.Versions(name), enabled: workspace !== '' && name !== '', placeholderData: keepPreviousData });
}

function useChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: budgetKeys.all });
}

/** Keeps a budget if the stored one is of the version seen; 0 = there was none. */
export function useSaveBudget() {
  const { budgets } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ draft, version }: { draft: BudgetDraft; version: number }) => budgets.Save(draft, version), onSuccess: changed });
}

export function useDeleteBudget() {
  const { budgets } = useBridge();
  const changed = useChanged();
  return useDeletion((name, version) => budgets.Delete(name, version), changed, (name) => `Deleted the budget ${name}. Its alerts stay.`);
}

/** Makes amounts: each the same, from a total, or from last year. */
export function useFillAmounts() {
  const { budgets } = useBridge();
  return useMutation({ mutationFn: ({ draft, fill }: { draft: BudgetDraft; fill: BudgetFill }) => budgets.Fill(draft, fill) });
}

/** Reads amounts that were copied from a spreadsheet. */
export function useReadAmounts() {
  const { budgets } = useBridge();
  return useMutation({ mutationFn: ({ draft, text, first }: { draft: BudgetDraft; text: string; first: string }) => budgets.ReadAmounts(draft, text, first) });
}

/** Asks for a file of budgets; "" when the person cancelled. */
export function useChooseBudgets() {
  const { budgets } = useBridge();
  const toast = useToast();
  return useMutation({ mutationFn: () => budgets.ChooseFile(), onError: (error) => toast(errorToast(error)) });
}

/** Reads budgets from a file, all of them or none. */
export function useImportBudgets() {
  const { budgets } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ path, replace, reason }: { path: string; replace: boolean; reason: string }) => budgets.Import(path, replace, reason), onSuccess: changed });
}
