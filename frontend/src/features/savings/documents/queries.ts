import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { useWorkspacePath } from '../../../bridge/queries';
import { useBridge } from '../../../bridge/useBridge';
import type { DocumentInfo } from '../../../lib/wire';
import { useDeletion } from '../../../parts/useDeletion';
import { useToast } from '../../../ui/toast';

/** Documents belong to savings: a change of one makes what was found stale. */
const documentsKey = ['savings', 'documents'] as const;

/** The documents of the client. */
export function useDocuments() {
  const { documents } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...documentsKey, workspace] as const, queryFn: () => documents.List(), enabled: workspace !== '' });
}

/** The scripts that a client runs, by provider. They never change. */
export function useDocumentPacks() {
  const { documents } = useBridge();
  return useQuery({ queryKey: ['document packs'] as const, queryFn: () => documents.Packs(), staleTime: Infinity });
}

/** Adds files: those that are given, or those that are chosen in the system's dialog. */
export function useAddDocuments() {
  const { documents } = useBridge();
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: async (paths: string[] | null) => {
      const chosen = paths ?? (await documents.Choose());
      return chosen.length === 0 ? [] : documents.Add(chosen);
    },
    onError: (error) => toast({ text: error.message, tone: 'error' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['savings'] }),
  });
}

/** Says of which account and day a document is; a day that stays the same is not sent, so that the one of the file remains one. */
export function useChangeDocument() {
  const { documents } = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ document, account, day }: { document: DocumentInfo; account: string; day: string }) => documents.Change(document.name, account, day === document.day ? '' : day, document.version),
    onSettled: () => client.invalidateQueries({ queryKey: ['savings'] }),
  });
}

/** Removes a document; what it decided is open again. */
export function useRemoveDocument() {
  const { documents } = useBridge();
  const client = useQueryClient();
  return useDeletion((name, version) => documents.Remove(name, version), () => client.invalidateQueries({ queryKey: ['savings'] }));
}
