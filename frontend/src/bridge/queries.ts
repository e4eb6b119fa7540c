/**
 * Questions that more than one page asks. Every key has the path of the open workspace, so that one client's figures can
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

export const filterKeys = {
  dimensions: (workspace: string) => ['dimensions', workspace] as const,
  dimension: (workspace: string, name: string) => ['dimensions', workspace, name] as const,
  scopes: (workspace: string) => ['scopes', workspace] as const,
  /** What a text means depends on the columns of the ledger and on the dimensions. */
  parsed: (workspace: string, text: string, anyColumn: boolean) => [...ledgerKeys.all, workspace, 'parsed', text, anyColumn] as const,
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

/** The spans with which a period can be compared, by base; none for a period without days. */
export function useBaseSpans(from: string, to: string) {
  const { ledger } = useBridge();
  return useQuery({ queryKey: ['bases', from, to], queryFn: () => ledger.Bases(from, to), enabled: from !== '' && to !== '', staleTime: Infinity });
}

/** What the ledger of the open workspace has. */
export function useLedgerState() {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: ledgerKeys.state(workspace),
    queryFn: () => ledger.State(),
    enabled: workspace !== '',
  });
}

/** The tag keys of the open workspace; they come after the first figures, as every tag is read for them. */
export function useTagKeys() {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...ledgerKeys.all, workspace, 'tags'] as const, queryFn: () => ledger.TagKeys(), enabled: workspace !== '' });
}

/** The virtual dimensions of the open workspace. */
export function useDimensions() {
  const { dimensions } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: filterKeys.dimensions(workspace), queryFn: () => dimensions.List(), enabled: workspace !== '' });
}

/** The scopes of the open workspace. */
export function useScopes() {
  const { scopes } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: filterKeys.scopes(workspace), queryFn: () => scopes.List(), enabled: workspace !== '' });
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

export const connectionKeys = { all: ['connections'] as const, list: (workspace: string) => ['connections', workspace, 'list'] as const };

/** How fresh what connections bring in is, by provider. */
export function useStandingsOfProviders() {
  const { connections } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...connectionKeys.all, workspace, 'standings'] as const, queryFn: () => connections.Standings(), enabled: workspace !== '' });
}

export const alertKeys = { all: ['alerts'] as const, list: (workspace: string) => ['alerts', workspace, 'list'] as const };

/** All alerts of the open workspace, the newest first. */
export function useAlerts() {
  const { alerts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: alertKeys.list(workspace), queryFn: () => alerts.List(), enabled: workspace !== '' });
}

export const budgetKeys = { all: ['budgets'] as const, standings: (workspace: string) => ['budgets', workspace, 'standings'] as const };

/** How all budgets of the open workspace stand. */
export function useStandings() {
  const { budgets } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: budgetKeys.standings(workspace), queryFn: () => budgets.Standings(), enabled: workspace !== '' });
}
