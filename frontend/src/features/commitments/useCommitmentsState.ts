import { useSearchParams } from 'react-router';

import type { CommitmentPayment } from '../../lib/wire';
import { useSortParam } from '../../ui/view/useSortParam';
import { isDiscount, isTab, type Tab } from './model';

/** What the page of commitments keeps in its address: tab, order, the open commitment, and what is simulated. */
export function useCommitmentsState() {
  const [params, setParams] = useSearchParams();
  const change = (edit: (next: URLSearchParams) => void, replace = false) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next, { replace });
  };
  const set = (name: string, value: string, replace = false) => change((next) => (value === '' ? next.delete(name) : next.set(name, value)), replace);
  const [sort, setSort] = useSortParam();
  const tab = params.get('tab') ?? '';
  const wanted = params.get('payment');
  const payment: CommitmentPayment = wanted === 'partial' || wanted === 'all' ? wanted : 'none';
  const discount = params.get('discount') ?? '';
  return {
    tab: isTab(tab) ? tab : ('list' as const),
    setTab: (to: Tab) => set('tab', to === 'list' ? '' : to),
    sort,
    setSort,
    /** The key of the open commitment; "" when none is. */
    opened: params.get('commitment') ?? '',
    open: (key: string) => set('commitment', key),
    close: () => set('commitment', ''),
    pool: params.get('pool') ?? '',
    setPool: (pool: string) =>
      change((next) => {
        next.set('pool', pool);
        next.delete('at');
      }),
    years: params.get('years') === '3' ? 3 : 1,
    setYears: (years: number) => set('years', years === 1 ? '' : String(years)),
    payment,
    setPayment: (to: CommitmentPayment) => set('payment', to === 'none' ? '' : to),
    /** Percent off the on-demand price; "" = that of the price book. */
    discount: isDiscount(discount) ? discount : '',
    setDiscount: (percent: string) => set('discount', percent),
    /** The place of the slider; null = at what saves most. */
    at: /^\d{1,3}$/.test(params.get('at') ?? '') ? Number(params.get('at')) : null,
    setAt: (at: number) => set('at', String(at), true),
  };
}
