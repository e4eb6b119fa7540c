import { useQuery } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';

/** Those of the files left out of a plan that are tables, whose columns can be mapped. */
export function useMappable(paths: string[]): ReadonlySet<string> {
  const { mappings } = useBridge();
  const workspace = useWorkspacePath();
  const { data } = useQuery({
    queryKey: ['mappings', workspace, 'mappable', paths] as const,
    queryFn: () => mappings.Mappable(paths),
    enabled: workspace !== '' && paths.length > 0,
    gcTime: 0,
  });
  return new Set(data);
}
