import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { Mapping } from '../../lib/wire';
import { useDeletion } from '../../parts/useDeletion';
import { errorToast, useToast } from '../../ui/toast';

const mappingKeys = {
  all: (workspace: string) => ['mappings', workspace] as const,
  list: (workspace: string) => [...mappingKeys.all(workspace), 'list'] as const,
  table: (workspace: string, path: string) => [...mappingKeys.all(workspace), 'table', path] as const,
  saved: (workspace: string, name: string) => [...mappingKeys.all(workspace), 'saved', name] as const,
  trial: (workspace: string, path: string, mapping: Mapping) => [...mappingKeys.all(workspace), 'trial', path, mapping] as const,
};

/** The table with its first lines and the suggestion; read once a visit, so that a choice is not lost to a newer answer. */
export function useTable(path: string) {
  const { mappings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: mappingKeys.table(workspace, path),
    queryFn: () => mappings.Inspect(path),
    enabled: workspace !== '',
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
}

/** A saved mapping as a table without lines, to be edited. */
export function useSavedTable(name: string) {
  const { mappings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: mappingKeys.saved(workspace, name),
    queryFn: () => mappings.Open(name),
    enabled: workspace !== '',
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
}

/** What the mapping makes of the first lines; the last answer stays while the next one comes. */
export function useTrial(path: string, mapping: Mapping) {
  const { mappings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: mappingKeys.trial(workspace, path, { ...mapping, name: '' }),
    queryFn: () => mappings.Try(path, { ...mapping, name: '' }),
    enabled: workspace !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

/** The mappings of the workspace. */
export function useMappingList() {
  const { mappings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: mappingKeys.list(workspace), queryFn: () => mappings.List(), enabled: workspace !== '' });
}

function useChanged() {
  const client = useQueryClient();
  const workspace = useWorkspacePath();
  return () => client.invalidateQueries({ queryKey: mappingKeys.list(workspace) });
}

/** Keeps a mapping in the workspace, if the stored one is of the version seen; 0 = there was none. */
export function useSaveMapping() {
  const { mappings } = useBridge();
  const changed = useChanged();
  return useMutation({
    mutationFn: ({ mapping, version }: { mapping: Mapping; version: number }) => mappings.Save(mapping, version),
    onSuccess: changed,
  });
}

/** Removes a mapping from the workspace. */
export function useDeleteMapping() {
  const { mappings } = useBridge();
  const changed = useChanged();
  return useDeletion((name, version) => mappings.Delete(name, version), changed, (name) => `Deleted the mapping ${name}. What was imported with it stays.`);
}

/** Writes a mapping to a file. */
export function useExportMapping() {
  const { mappings } = useBridge();
  const toast = useToast();
  return useMutation({
    mutationFn: (name: string) => mappings.Export(name),
    onSuccess: (path) => {
      if (path !== '') toast({ text: `Saved as ${path}` });
    },
    onError: (error) => toast(errorToast(error)),
  });
}

/** Takes a mapping from a file. */
export function useImportMapping() {
  const { mappings } = useBridge();
  const changed = useChanged();
  const toast = useToast();
  return useMutation({
    mutationFn: () => mappings.Import(),
    onSuccess: async (name) => {
      if (name === '') return;
      toast({ text: `Imported the mapping ${name}.` });
      await changed();
    },
    onError: (error) => toast(errorToast(error)),
  });
}

/** Fetches a saved mapping, to start from it. */
export function useFindMapping() {
  const { mappings } = useBridge();
  const toast = useToast();
  return useMutation({ mutationFn: (name: string) => mappings.Find(name), onError: (error) => toast(errorToast(error)) });
}
