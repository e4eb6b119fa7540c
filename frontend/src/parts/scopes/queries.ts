import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { ScopeInfo } from '../../lib/wire';
import { filterKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { Filter } from '../../lib/wire';
import { useDeletion } from '../useDeletion';

function useChanged() {
  const client = useQueryClient();
  const workspace = useWorkspacePath();
  // Dimensions name the scopes that use them.
  return () =>
    Promise.all([client.invalidateQueries({ queryKey: filterKeys.scopes(workspace) }), client.invalidateQueries({ queryKey: filterKeys.dimensions(workspace) })]);
}

/** What a person made of a scope; `stored` is the one that was edited, null for a new one. */
export type ScopeEdit = { name: string; where: Filter; stored: ScopeInfo | null };

/** Keeps a scope, also under another name than before. */
export function useSaveScope() {
  const { scopes } = useBridge();
  const changed = useChanged();
  return useMutation({
    mutationFn: async ({ name, where, stored }: ScopeEdit) => {
      let version = stored?.version ?? 0;
      if (stored && stored.name !== name) version = await scopes.Rename(stored.name, name, version);
      if (!stored || JSON.stringify(stored.where) !== JSON.stringify(where)) await scopes.Save(name, where, version);
    },
    onSettled: changed,
  });
}

export function useDeleteScope() {
  const { scopes } = useBridge();
  const changed = useChanged();
  return useDeletion((name, version) => scopes.Delete(name, version), changed, (name) => `Deleted the scope ${name}.`);
}
