import { useSearchParams } from 'react-router';

import { useSortParam } from '../../ui/view/useSortParam';
import type { StateFilter } from './model';

/** What the page of anomalies keeps in its address: which are listed, their order, the open one, and the open dialog. */
export function useAnomaliesState() {
  const [params, setParams] = useSearchParams();
  const [sort, setSort] = useSortParam();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParams(next);
  };
  const filter: StateFilter = params.get('state') === 'all' ? 'all' : 'open';
  const dialog = params.get('dialog');
  return {
    sort,
    setSort,
    filter,
    setFilter: (to: StateFilter) => set('state', to === 'open' ? '' : to),
    /** The id of the open anomaly; "" when none is. */
    opened: params.get('anomaly') ?? '',
    open: (id: string) => set('anomaly', id),
    close: () => set('anomaly', ''),
    dialog: dialog === 'sensitivity' || dialog === 'mute' ? dialog : null,
    setDialog: (to: 'sensitivity' | 'mute' | null) => set('dialog', to ?? ''),
  };
}
