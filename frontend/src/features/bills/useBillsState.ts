import { useSearchParams } from 'react-router';

import { useSortParam } from '../../ui/view/useSortParam';
import type { BillFilter } from '../../lib/wire';

/** What the page of bills keeps in its address: filters, order, the open bill and the version whose changes are shown. */
export function useBillsState() {
  const [params, setParams] = useSearchParams();
  const [sort, setSort] = useSortParam();
  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next);
  };
  const importId = Number(params.get('import') ?? '0');
  const version = Number(params.get('version') ?? '0');
  const filter: BillFilter = { month: params.get('month'), provider: params.get('provider'), account: params.get('account'), importId: Number.isInteger(importId) && importId > 0 ? importId : null };

  return {
    filter,
    sort,
    /** Key of the open bill; "" when none is. */
    opened: params.get('bill') ?? '',
    /** Import whose changes are shown; 0 for none. */
    version: Number.isInteger(version) ? version : 0,
    setPart: (part: 'month' | 'provider' | 'account', value: string | null) =>
      change((next) => {
        if (value === null) next.delete(part);
        else next.set(part, value);
      }),
    clearImport: () => change((next) => next.delete('import')),
    clearFilters: () =>
      change((next) => {
        for (const name of ['month', 'provider', 'account', 'import']) next.delete(name);
      }),
    setSort,
    open: (key: string) =>
      change((next) => {
        next.set('bill', key);
        next.delete('version');
      }),
    close: () =>
      change((next) => {
        next.delete('bill');
        next.delete('version');
      }),
    setVersion: (shown: number) =>
      change((next) => {
        if (shown === 0) next.delete('version');
        else next.set('version', String(shown));
      }),
  };
}
