import { useSearchParams } from 'react-router';

import { useColumns } from '../../parts/columns';
import { type DimensionId, usualIds } from './dimensions';

/** What the bill is taken apart by, in the address; by service where the ledger does not have what is there. */
export function useGroupBy(): [DimensionId, (id: DimensionId) => void] {
  const [params, setParams] = useSearchParams();
  const columns = useColumns();
  const wanted = params.get('by') ?? '';
  const known = usualIds.some((id) => id === wanted) || columns.some(({ id }) => id === wanted);
  const set = (id: DimensionId) => {
    const next = new URLSearchParams(params);
    next.set('by', id);
    setParams(next);
  };
  return [known ? wanted : 'service', set];
}
