import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { useTopicChange } from '../../parts/useTopicChange';
import { useToast } from '../../ui/toast';
import { useLedgerView } from '../../ui/view/ledgerView';
import type { FindingVersion, ProgressPatch } from '../../lib/wire';

/** The first part of every question about savings; a topic of the Go side has the same name. */
const savingsKey = 'savings';

/** How often the page asks whether what was found is up to date again, in ms. */
const staleAgain = 1500;

/** What could be saved, of findings with evidence in the scope and the filter of the address. */
export function useFindings() {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  const { where } = useLedgerView();
  return useQuery({
    queryKey: [savingsKey, workspace, where] as const,
    queryFn: () => savings.Find(where),
    enabled: workspace !== '',
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.stale ? staleAgain : false),
  });
}

/** The proof of one finding. */
export function useEvidence(id: string) {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [savingsKey, workspace, 'evidence', id] as const, queryFn: () => savings.Explain(id), enabled: workspace !== '' });
}

/** All rules, also those that are off. */
export function useRules() {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [savingsKey, workspace, 'rules'] as const, queryFn: () => savings.Rules(), enabled: workspace !== '' });
}

/** What is changed about a rule. */
type RuleChange = { id: string; version: number } & ({ on: boolean } | { parameter: string; value: string });

/** Changes a rule of which nobody changed more than the version says; what it found is looked for again. Whoever asks shows a conflict. */
export function useChangeRule() {
  const { savings } = useBridge();
  return useTopicChange(
    savingsKey,
    (change: RuleChange) => ('on' in change ? savings.SwitchRule(change.id, change.on, change.version) : savings.SetRule(change.id, change.parameter, change.value, change.version)),
    'conflicts',
  );
}

/** What became of the findings that a person decided about, and the totals over the imports. */
export function useStanding() {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [savingsKey, workspace, 'standing'] as const, queryFn: () => savings.Standing(), enabled: workspace !== '' });
}

/** What a finding is measured by cost by day. */
export function useCourse(id: string) {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [savingsKey, workspace, 'course', id] as const, queryFn: () => savings.Course(id), enabled: workspace !== '' });
}

/** Decides about findings, all of them or none. Whoever asks shows a conflict. */
export function useDecide() {
  const { savings } = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ findings, patch }: { findings: FindingVersion[]; patch: ProgressPatch }) => savings.Change(findings, patch),
    onSettled: () => client.invalidateQueries({ queryKey: [savingsKey] }),
  });
}

/** Everything about one rule. */
export function useRule(id: string) {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [savingsKey, workspace, 'rule', id] as const, queryFn: () => savings.Rule(id), enabled: workspace !== '' });
}

/** The packs of rules of the workspace. */
export function usePacks() {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [savingsKey, workspace, 'packs'] as const, queryFn: () => savings.Packs(), enabled: workspace !== '' });
}

/** Asks for a folder of rules and checks it; nothing is added. */
export function useCheckPack() {
  const { savings } = useBridge();
  const toast = useToast();
  return useMutation({ mutationFn: () => savings.CheckPack(), onError: (error) => toast({ text: error.message, tone: 'error' }) });
}

/** Adds a folder of rules that was checked, in place of a pack of the version; 0 = there is none. Whoever asks shows a conflict. */
export function useAddPack() {
  const { savings } = useBridge();
  return useTopicChange(savingsKey, ({ path, version }: { path: string; version: number }) => savings.AddPack(path, version), 'conflicts');
}

export function useRemovePack() {
  const { savings } = useBridge();
  return useTopicChange(savingsKey, ({ name, version }: { name: string; version: number }) => savings.RemovePack(name, version), 'conflicts');
}
