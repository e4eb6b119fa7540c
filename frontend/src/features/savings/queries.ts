import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { useLedgerView } from '../../ui/view/ledgerView';

/** What could be saved, of findings with evidence in the scope and the filter of the address. */
export function useFindings() {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  const { where } = useLedgerView();
  return useQuery({ queryKey: [...ledgerKeys.all, workspace, 'savings', where] as const, queryFn: () => savings.Find(where), enabled: workspace !== '', placeholderData: keepPreviousData });
}

/** The proof of one finding. */
export function useEvidence(id: string) {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...ledgerKeys.all, workspace, 'savings', 'evidence', id] as const, queryFn: () => savings.Explain(id), enabled: workspace !== '' });
}
