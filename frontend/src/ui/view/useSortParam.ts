import { useSearchParams } from 'react-router';

import type { Sort } from '../DataTable/model';

/** The order of the table of a page, which lives in the address; null is that of the program. */
export function useSortParam(): [Sort | null, (sort: Sort | null) => void] {
  const [params, setParams] = useSearchParams();
  const column = params.get('sort');
  const set = (order: Sort | null) => {
    const next = new URLSearchParams(params);
    next.delete('sort');
    next.delete('desc');
    if (order) next.set('sort', order.column);
    if (order?.desc) next.set('desc', '1');
    setParams(next);
  };
  return [column === null ? null : { column, desc: params.get('desc') === '1' }, set];
}
