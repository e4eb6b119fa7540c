import { useSearchParams } from 'react-router';

import { useSortParam } from '../../ui/view/useSortParam';
import type { FindingFilter } from './model';

/** What the page of savings keeps in its address: filters, order and the open finding. */
export function useSavingsState() {
  const [params, setParams] = useSearchParams();
  const [sort, setSort] = useSortParam();
  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next);
  };
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
    setSort,
    open: (id: string) => change((next) => next.set('finding', id)),
    close: () => change((next) => next.delete('finding')),
    /** Whether the drawer of rules is open. */
    rules: params.get('rules') === '1',
    showRules: (shown: boolean) => change((next) => (shown ? next.set('rules', '1') : next.delete('rules'))),
    /** Whether findings of less than a thousandth of the bill are listed too. */
    small: params.get('small') === '1',
    showSmall: (shown: boolean) => change((next) => (shown ? next.set('small', '1') : next.delete('small'))),
  };
}
