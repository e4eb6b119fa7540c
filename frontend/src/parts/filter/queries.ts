import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { filterKeys, ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { allOf, narrowed } from '../../lib/filter';
import type { Filter } from '../../lib/wire';
import { useLedgerView } from '../../ui/view/ledgerView';

/** A value of a column with the charges of the period that have it. */
export type ValueChoice = { value: string | null; lines: number; amount: string | null };

/** Values offered for a column at a time: the ones that cost most. */
const VALUES_MAX = 200;

/** The charges of the period and currency in a scope, as far as filters are chosen among them. */
function useAsked() {
  const { from, to, currency, metric, scopeWhere } = useLedgerView();
  return { from, to, currency, metrics: [metric], where: scopeWhere, grain: '' as const, sort: '' as const };
}

/** The values of a column in the period, highest cost first; text finds those that have it where there are more than the list takes. */
export function useColumnValues(column: string, text: string) {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  const asked = useAsked();
  const values = (where: Filter) => async () => {
    const { rows, groups } = await ledger.Ask({ ...asked, where, groupBy: [column], limit: VALUES_MAX });
    return { choices: rows.map(({ keys, lines, amounts }): ValueChoice => ({ value: keys[0] ?? null, lines, amount: amounts[0] ?? null })), groups };
  };
  const key = [...ledgerKeys.all, workspace, 'values', column, asked] as const;
  const top = useQuery({ queryKey: key, queryFn: values(asked.where), enabled: column !== '' });
  const all = top.data !== undefined && top.data.groups <= VALUES_MAX;
  const search = all ? '' : text.trim();
  const found = useQuery({
    queryKey: [...key, search],
    queryFn: values(narrowed(asked.where, { column, op: 'contains', values: [search] })),
    enabled: column !== '' && search !== '' && top.isSuccess,
    placeholderData: keepPreviousData,
  });
  return search === '' ? top : found;
}

/** What a text means, and what is wrong with it. */
export function useParsed(text: string, { anyColumn, enabled }: { anyColumn: boolean; enabled: boolean }) {
  const { filters } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: filterKeys.parsed(workspace, text, anyColumn), queryFn: () => filters.Parse(text, anyColumn), enabled, placeholderData: keepPreviousData });
}

/** How many charges of the period a filter matches, and what they cost. */
export function useMatched(filter: Filter | null) {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  const asked = useAsked();
  const where = allOf([asked.where, filter ?? { kind: 'all' }]);
  return useQuery({
    queryKey: [...ledgerKeys.all, workspace, 'matched', { ...asked, where }] as const,
    queryFn: async () => {
      const { totals } = await ledger.Ask({ ...asked, where, groupBy: [], limit: 0 });
      const [total] = totals;
      return { lines: total?.lines ?? 0, amount: total ? (total.amounts[0] ?? null) : '0' };
    },
    enabled: filter !== null,
    placeholderData: keepPreviousData,
  });
}
