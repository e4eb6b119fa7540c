import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { useToast } from '../../ui/toast';
import { useLedgerView } from '../../ui/view/ledgerView';

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
type RuleChange = { id: string; on: boolean } | { id: string; parameter: string; value: string };

/** Changes a rule; what it found is looked for again. */
export function useChangeRule() {
  const { savings } = useBridge();
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (change: RuleChange) => ('on' in change ? savings.SwitchRule(change.id, change.on) : savings.SetRule(change.id, change.parameter, change.value)),
    onError: (error) => toast({ text: error.message, tone: 'error' }),
    onSettled: () => client.invalidateQueries({ queryKey: [savingsKey] }),
  });
}
