import { useSearchParams } from 'react-router';

import type { Sort } from '../../ui/DataTable/model';
import type { FindingFilter } from './model';

/** What the page of savings keeps in its address: filters, order and the open finding. */
export function useSavingsState() {
  const [params, setParams] = useSearchParams();
  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next);
  };
  const column = params.get('sort');
  const sort: Sort | null = column === null ? null : { column, desc: params.get('desc') === '1' };
  const filter: FindingFilter = { provider: params.get('provider'), rule: params.get('rule'), confidence: params.get('confidence') };
  return {
    filter,
    sort,
    /** The id of the open finding; "" when none is. */
    opened: params.get('finding') ?? '',
    setPart: (part: keyof FindingFilter, value: string | null) => change((next) => (value === null ? next.delete(part) : next.set(part, value))),
    clearFilters: () =>
      change((next) => {
        for (const part of ['provider', 'rule', 'confidence']) next.delete(part);
      }),
    setSort: (order: Sort | null) =>
      change((next) => {
        next.delete('sort');
        next.delete('desc');
        if (order) next.set('sort', order.column);
        if (order?.desc) next.set('desc', '1');
      }),
    open: (id: string) => change((next) => next.set('finding', id)),
    close: () => change((next) => next.delete('finding')),
  };
}
