/** Where waste is, for pages that are about other things. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { useWorkspacePath } from '../bridge/queries';
import { useBridge } from '../bridge/useBridge';
import type { ResourceMark } from '../lib/wire';

/** What was found the last time; nothing is examined for it. */
export function useWaste() {
  const { savings } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: ['savings', workspace, 'marks'] as const, queryFn: () => savings.Marks(), enabled: workspace !== '' });
}

/** The finding of a resource, if it has one. */
export type WasteOf = (resource: string | null) => ResourceMark | undefined;

/** Finds the finding of a resource by its id. */
export function useWasteOf(): WasteOf {
  const { data } = useWaste();
  return useMemo(() => {
    const marks = new Map(data?.resources.map((mark) => [mark.resource, mark]));
    return (resource) => (resource === null ? undefined : marks.get(resource.toLowerCase()));
  }, [data]);
}
