/**
 * Questions that more than one page asks. Every key holds the path of the open workspace, so that one client's figures can
 * never appear under another's name. The first part of a key says to which topics it belongs: see `topicKeys`.
 */
import { useQuery } from '@tanstack/react-query';

import { useBridge } from './useBridge';

export const workspaceKeys = {
  all: ['workspace'] as const,
  current: ['workspace', 'current'] as const,
  recent: ['workspace', 'recent'] as const,
};

export const ledgerKeys = {
  all: ['ledger'] as const,
  state: (workspace: string) => ['ledger', workspace, 'state'] as const,
};

export const jobKeys = { list: ['jobs'] as const };

/** The open workspace; data is null when none is open. */
export function useCurrentWorkspace() {
  const { workspaces } = useBridge();
  return useQuery({ queryKey: workspaceKeys.current, queryFn: () => workspaces.Current() });
}

export function useRecentWorkspaces() {
  const { workspaces } = useBridge();
  return useQuery({ queryKey: workspaceKeys.recent, queryFn: () => workspaces.Recent() });
}

/** The path of the open workspace, for query keys; "" when none is open. */
export function useWorkspacePath(): string {
  return useCurrentWorkspace().data?.path ?? '';
}

/** Whether the open workspace can only be read. */
export function useReadOnly(): boolean {
  return useCurrentWorkspace().data?.readOnly ?? false;
}

/** What the ledger of the open workspace holds. */
export function useLedgerState() {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: ledgerKeys.state(workspace),
    queryFn: () => ledger.State(),
    enabled: workspace !== '',
  });
}

/** All jobs the program remembers, running or ended; kept fresh by the "job" events. */
export function useJobs() {
  const { jobs } = useBridge();
  return useQuery({ queryKey: jobKeys.list, queryFn: () => jobs.List() });
}

/** What the program is and where it runs. */
export function useAppInfo() {
  const { app } = useBridge();
  return useQuery({ queryKey: ['app', 'info'] as const, queryFn: () => app.Info(), staleTime: Infinity });
}
