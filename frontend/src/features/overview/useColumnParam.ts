import { useSearchParams } from 'react-router';

import { useColumns } from '../../parts/columns';
import { type DimensionId, usualIds } from './dimensions';

/** What cost is grouped by, in the address under a name of its own; the usual thing where the ledger does not have what is there. */
export function useColumnParam(name: string, fallback: DimensionId): [DimensionId, (id: DimensionId) => void] {
  const [params, setParams] = useSearchParams();
  const columns = useColumns();
  const wanted = params.get(name) ?? '';
  const known = usualIds.some((id) => id === wanted) || columns.some(({ id }) => id === wanted);
  const set = (id: DimensionId) => {
    const next = new URLSearchParams(params);
    next.set(name, id);
    setParams(next);
  };
  return [known ? wanted : fallback, set];
}
