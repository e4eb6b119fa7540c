import { useSearchParams } from 'react-router';

import { useSortParam } from '../../ui/view/useSortParam';
import type { BudgetFilter } from './model';

/** What the page of budgets keeps in its address: the open budget and its period, what is edited, filters and order. */
export function useBudgetsState() {
  const [params, setParams] = useSearchParams();
  const [sort, setSort] = useSortParam();
  const change = (edit: (next: URLSearchParams) => void, replace = false) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next, { replace });
  };
  const set = (name: string, value: string, replace = false) => change((next) => (value === '' ? next.delete(name) : next.set(name, value)), replace);
  const filter: BudgetFilter = { state: params.get('state'), currency: params.get('in') };
  const leave = (next: URLSearchParams) => {
    for (const name of ['budget', 'period-of', 'edit', 'by', 'take']) next.delete(name);
  };
  return {
    sort,
    setSort,
    filter,
    setState: (state: string | null) => set('state', state ?? ''),
    setCurrency: (code: string | null) => set('in', code ?? ''),
    clearFilters: () =>
      change((next) => {
        next.delete('state');
        next.delete('in');
      }),
    /** The name of the open budget; "" when the list is shown. */
    opened: params.get('budget') ?? '',
    /** Its period; "" is the one that matters now. */
    period: params.get('period-of') ?? '',
    setPeriod: (period: string) => set('period-of', period),
    /** The column by which drivers are shown; "" is the first. */
    by: params.get('by') ?? '',
    setBy: (by: string) => set('by', by, true),
    /** Whether the open budget, or a new one where none is open, is edited. */
    editing: params.get('edit') === '1',
    addressOf: (name: string) => {
      const next = new URLSearchParams(params);
      leave(next);
      next.set('budget', name);
      return `?${next.toString()}`;
    },
    open: (name: string) =>
      change((next) => {
        leave(next);
        next.set('budget', name);
      }),
    edit: () => set('edit', '1'),
    /** The budget of a provider that a new one begins with, by its key; "" is none. */
    taken: params.get('take') ?? '',
    take: (key: string) =>
      change((next) => {
        next.set('edit', '1');
        next.set('take', key);
      }),
    /** Back to the list, or to a budget that was edited. */
    close: (name = '', replace = false) =>
      change((next) => {
        leave(next);
        if (name !== '') next.set('budget', name);
      }, replace),
  };
}
