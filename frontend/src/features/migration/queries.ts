import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { useDeletion } from '../../parts/useDeletion';
import { useSaving } from '../../parts/useSaving';
import type { MigrationFormat, MigrationPart, TaskChange, WhatIf } from '../../lib/wire';
import { errorToast, useToast } from '../../ui/toast';

export const migrationKeys = {
  all: ['migrations'] as const,
  list: (workspace: string) => ['migrations', workspace, 'list'] as const,
  result: (workspace: string, name: string) => ['migrations', workspace, 'result', name] as const,
};

export function useAssessments() {
  const { migrations } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: migrationKeys.list(workspace), queryFn: () => migrations.List(), enabled: workspace !== '' });
}

/** The table of rules, and what the fields of the form can be filled with. */
export function useMigrationForm() {
  const { migrations } = useBridge();
  return useQuery({ queryKey: ['migration form'] as const, queryFn: () => migrations.Form(), staleTime: Infinity });
}

/** The stored draft as it was when the form was opened: a form never changes under the hands of whoever types. */
export function useStoredDraft(name: string) {
  const { migrations } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: ['migration draft', workspace, name] as const, queryFn: () => migrations.Open(name), enabled: workspace !== '', gcTime: 0, staleTime: Infinity, retry: false });
}

export function useReview(name: string, version: number, enabled: boolean) {
  const { migrations } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: ['migration draft', workspace, name, 'review', version] as const, queryFn: () => migrations.Review(name), enabled, retry: false });
}

export function useResult(name: string) {
  const { migrations } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: migrationKeys.result(workspace, name), queryFn: () => migrations.Result(name), enabled: workspace !== '', retry: false });
}

/** How two results differ, by their ids. */
export function useChanges(name: string, before: number, after: number) {
  const { migrations } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...migrationKeys.all, workspace, 'changes', name, before, after] as const, queryFn: () => migrations.Changes(name, before, after), retry: false });
}

/** With which prices an assessment would be made, and where newer ones would be asked for. */
export function usePrices(name: string) {
  const { migrations } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...migrationKeys.all, workspace, 'prices', name] as const, queryFn: () => migrations.Prices(name), retry: false });
}

/** Reads what the providers list today: the only call that contacts them. */
export function useRefreshPrices(name: string) {
  const { migrations } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: (googleKey: string) => migrations.RefreshPrices(name, googleKey), onSuccess: changed });
}

export function useResetPrices() {
  const { migrations } = useBridge();
  const changed = useChanged();
  const toast = useToast();
  return useMutation({ mutationFn: () => migrations.ResetPrices(), onSuccess: changed, onError: (error) => toast(errorToast(error)) });
}

/** What the providers come to under other assumptions; the answer before it stays in sight. */
export function useWhatIf(name: string, question: WhatIf, madeAt: string) {
  const { migrations } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...migrationKeys.all, workspace, 'what if', name, madeAt, question] as const, queryFn: () => migrations.WhatIf(name, question), placeholderData: (before) => before, retry: false, gcTime: 10_000 });
}

function useChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: migrationKeys.all });
}

export function useNewAssessment() {
  const { migrations } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ name, fromLedger, template }: { name: string; fromLedger: boolean; template: string }) => migrations.New(name, fromLedger, template), onSuccess: changed });
}

export function useDuplicate() {
  const { migrations } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ name, as }: { name: string; as: string }) => migrations.Duplicate(name, as), onSuccess: changed });
}

export function useDeleteAssessment() {
  const { migrations } = useBridge();
  const changed = useChanged();
  return useDeletion((name, version) => migrations.Delete(name, version), changed, (name) => `Deleted the assessment ${name}.`);
}

/** Makes an assessment with the prices of today. */
export function useAssess() {
  const { migrations } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: (name: string) => migrations.Assess(name), onSuccess: changed });
}

export function useEditTask(name: string) {
  const { migrations } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ phase, change, version }: { phase: string; change: TaskChange; version: number }) => migrations.EditTask(name, phase, change, version), onSuccess: changed });
}

export function useExportAssessment(name: string) {
  const { migrations } = useBridge();
  return useSaving(({ part, format }: { part: MigrationPart; format: MigrationFormat }) => migrations.Export(name, part, format));
}

/** Reads workloads from a file that the person chooses; null when the person cancelled. */
export function useReadWorkloads() {
  const { migrations } = useBridge();
  return useMutation({
    mutationFn: async () => {
      const path = await migrations.ChooseFile();
      return path === '' ? null : migrations.ReadFile(path);
    },
  });
}

export function useReadPasted() {
  const { migrations } = useBridge();
  return useMutation({ mutationFn: (text: string) => migrations.ReadText(text) });
}

export function usePrefill() {
  const { migrations } = useBridge();
  return useMutation({ mutationFn: ({ name, version }: { name: string; version: number }) => migrations.Prefill(name, version) });
}
