import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { SimulationQuestion } from '../../lib/wire';
import { useLedgerView } from '../../ui/view/ledgerView';

const keys = {
  report: (workspace: string, where: unknown) => [...ledgerKeys.all, workspace, 'commitments', 'report', where] as const,
  pools: (workspace: string) => [...ledgerKeys.all, workspace, 'commitments', 'pools'] as const,
  simulation: (workspace: string, question: SimulationQuestion) => ['simulations', workspace, question] as const,
};

/** How the commitments in the scope and the filter of the address are used. */
export function useCommitmentsReport() {
  const { commitments } = useBridge();
  const workspace = useWorkspacePath();
  const { where } = useLedgerView();
  return useQuery({ queryKey: keys.report(workspace, where), queryFn: () => commitments.Report(where), enabled: workspace !== '', placeholderData: keepPreviousData });
}

/** The usage that commitments can cover, in the whole ledger. */
export function usePools(wanted: boolean) {
  const { commitments } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: keys.pools(workspace), queryFn: () => commitments.Pools(), enabled: workspace !== '' && wanted });
}

/** What a commitment for a pool would have saved. */
export function useSimulation(question: SimulationQuestion) {
  const { commitments } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: keys.simulation(workspace, question), queryFn: () => commitments.Simulate(question), enabled: workspace !== '', placeholderData: keepPreviousData, retry: false });
}
