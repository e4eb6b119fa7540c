import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { connectionKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { ConnectionDraft, Connections, NetworkSettings, OptionValue } from '../../lib/wire';
import { useDeletion } from '../../parts/useDeletion';
import { errorToast, useToast } from '../../ui/toast';

/** What is asked of the connections of the open workspace. */
function useConnectionQuery<Data>(name: string, ask: (connections: Connections) => Promise<Data>) {
  const { connections } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...connectionKeys.all, workspace, name] as const, queryFn: () => ask(connections), enabled: workspace !== '' });
}

/** The connections, by name. */
export const useConnections = () => useConnectionQuery('list', (connections) => connections.List());

/** The newest syncs of all connections, the newest first. */
export const useSyncHistory = () => useConnectionQuery('history', (connections) => connections.History(''));

/** Every host that was contacted for the workspace. */
export const useHosts = () => useConnectionQuery('hosts', (connections) => connections.Hosts());

/** How the network is reached, and when that happens unasked. */
export const useNetwork = () => useConnectionQuery('network', (connections) => connections.Network());

/** What the operating system runs every day for the workspace. */
export const useScheduled = () => useConnectionQuery('scheduled', (connections) => connections.Scheduled());

/** The kinds of connections that there are. */
export function useConnectors() {
  const { connections } = useBridge();
  return useQuery({ queryKey: ['connectors'] as const, queryFn: () => connections.Kinds(), staleTime: Infinity });
}

/** What a connection must be allowed, with the values that it has so far. */
export function usePolicies(kind: string, values: OptionValue[]) {
  const { connections } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: ['policies', workspace, kind, values] as const, queryFn: () => connections.Policies(kind, values), enabled: workspace !== '' });
}

/** What the operating system would be asked to run every day at a time. */
export function useSchedulePlan(at: string) {
  const { connections } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: ['schedule', workspace, at] as const, queryFn: () => connections.Schedule(at, false), enabled: workspace !== '' && at !== '' });
}

function useChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: connectionKeys.all });
}

/** Adds a connection (version 0), or changes it if the stored one is of the version seen. */
export function useSaveConnection() {
  const { connections } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ draft, version }: { draft: ConnectionDraft; version: number }) => connections.Save(draft, version), onSuccess: changed });
}

/** Goes through what a sync of a connection needs. */
export function useTestConnection() {
  const { connections } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: (name: string) => connections.Test(name), onSettled: changed });
}

/** Does something with the connections, and says why where it cannot be done. */
function useConnectionAction<Argument>(act: (connections: Connections, argument: Argument) => Promise<unknown>) {
  const { connections } = useBridge();
  const changed = useChanged();
  const toast = useToast();
  return useMutation({ mutationFn: (argument: Argument) => act(connections, argument), onError: (error) => toast(errorToast(error)), onSettled: changed });
}

export function useRemoveConnection() {
  const { connections } = useBridge();
  return useDeletion((name, version) => connections.Remove(name, version), useChanged());
}

export const useSync = () => useConnectionAction((connections, names: string[]) => connections.Sync(names));
export const useRemoveSchedule = () => useConnectionAction<void>((connections) => connections.RemoveSchedule());
export const useInstallSchedule = () => useConnectionAction((connections, at: string) => connections.Schedule(at, true));

/** Changes how the network is reached, and when that happens unasked. */
export function useSetNetwork() {
  const { connections } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: (settings: NetworkSettings) => connections.SetNetwork(settings), onSuccess: changed });
}

/** Asks for a path with the dialog of the system; "" when the person cancelled. */
export function useChoosePath(what: 'folder' | 'certificates') {
  const { connections } = useBridge();
  const toast = useToast();
  return useMutation({ mutationFn: () => (what === 'folder' ? connections.ChooseFolder() : connections.ChooseCertificates()), onError: (error) => toast(errorToast(error)) });
}
