import { useSearchParams } from 'react-router';

import { useSortParam } from '../../ui/view/useSortParam';
import { type FindingFilter, isTab, type Tab } from './model';

/** What a part of the filter is called in the address. */
function nameOf(part: keyof FindingFilter): string {
  return part === 'decision' ? 'state' : part;
}

/** What the page of savings keeps in its address: tab, filters, order and the open finding. */
export function useSavingsState() {
  const [params, setParams] = useSearchParams();
  const [sort, setSort] = useSortParam();
  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next);
  };
  const filter: FindingFilter = {
    provider: params.get('provider'),
    rule: params.get('rule'),
    confidence: params.get('confidence'),
    effort: params.get('effort'),
    team: params.get('team'),
    decision: params.get('state'),
  };
  const tab = params.get('tab') ?? '';
  return {
    tab: isTab(tab) ? tab : ('findings' as const),
    setTab: (to: Tab) => change((next) => (to === 'findings' ? next.delete('tab') : next.set('tab', to))),
    filter,
    sort,
    /** The id of the open finding; "" when none is. */
    opened: params.get('finding') ?? '',
    setPart: (part: keyof FindingFilter, value: string | null) => change((next) => (value === null ? next.delete(nameOf(part)) : next.set(nameOf(part), value))),
    clearFilters: () =>
      change((next) => {
        for (const part of ['provider', 'rule', 'confidence', 'effort', 'team', 'state']) next.delete(part);
      }),
    setSort,
    open: (id: string) => change((next) => next.set('finding', id)),
    close: () => change((next) => next.delete('finding')),
    /** Whether the drawer of rules is open. */
    rules: params.get('rules') === '1',
    showRules: (shown: boolean) =>
      change((next) => {
        next.delete('check');
        if (shown) next.set('rules', '1');
        else next.delete('rules');
      }),
    /** The id of the rule whose page is open in that drawer; "" = the list. */
    rule: params.get('check') ?? '',
    openRule: (id: string) =>
      change((next) => {
        next.set('rules', '1');
        if (id === '') next.delete('check');
        else next.set('check', id);
      }),
    /** Whether findings of less than a thousandth of the bill are listed too. */
    small: params.get('small') === '1',
    showSmall: (shown: boolean) => change((next) => (shown ? next.set('small', '1') : next.delete('small'))),
  };
}
