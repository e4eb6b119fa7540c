import { useSearchParams } from 'react-router';

import { useTagKeys } from '../../bridge/queries';
import { useColumns } from '../../parts/columns';
import { type DimensionId, usualIds } from './dimensions';

/** What cost is grouped by, in the address under a name of its own; the usual thing where the ledger does not have what is there. */
export function useColumnParam(name: string, fallback: DimensionId): [DimensionId, (id: DimensionId) => void] {
  const [params, setParams] = useSearchParams();
  const columns = useColumns();
  const tags = useTagKeys();
  const wanted = params.get(name) ?? '';
  // A tag is taken as it stands until it is known which there are.
  const known = usualIds.some((id) => id === wanted) || columns.some(({ id }) => id === wanted) || (tags.data === undefined && wanted.startsWith('Tags/'));
  const set = (id: DimensionId) => {
    const next = new URLSearchParams(params);
    next.set(name, id);
    setParams(next);
  };
  return [known ? wanted : fallback, set];
}
