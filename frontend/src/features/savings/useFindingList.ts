import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo, useState } from 'react';

import type { FindingInfo } from '../../lib/wire';
import { useSubAccountNames } from '../../parts/accountNames';
import type { Sort } from '../../ui/DataTable/model';
import { useLocalRows } from '../../ui/DataTable/useLocalRows';
import { findingColumns, markColumn } from './columns';
import { matchesFilter, withoutSmall } from './model';
import type { useSavingsState } from './useSavingsState';

/** What is to be done first comes first, where no other order is asked. */
export const byPriority: Sort = { column: 'score', desc: true };

/** The findings of one currency as the filters and the order of the address have them, and which of them are marked. */
export function useFindingList(own: FindingInfo[], currency: string, state: ReturnType<typeof useSavingsState>) {
  const nameOf = useSubAccountNames();
  const wide = useMediaQuery(useTheme().breakpoints.up('xl'));
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { provider, rule, confidence, effort, team, decision } = state.filter;
  const sort = state.sort ?? byPriority;
  const matching = useMemo(() => own.filter((finding) => matchesFilter(finding, { provider, rule, confidence, effort, team, decision })), [own, provider, rule, confidence, effort, team, decision]);
  const shown = useMemo(() => withoutSmall(matching, state.small), [matching, state.small]);
  const mark = (id: string) => setMarked((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const columns = useMemo(() => [markColumn(marked, mark), ...findingColumns(currency, nameOf, wide)], [marked, currency, nameOf, wide]);
  const source = useLocalRows(shown, columns, sort);
  const ordered = Array.from({ length: source.total }, (_, index) => source.rowAt(index)).flatMap((finding) => finding ?? []);
  return {
    own,
    /** Those that the filters leave, also small ones. */
    matching,
    /** How many small ones are folded away, or could be. */
    folded: matching.length - withoutSmall(matching, false).length,
    /** Those of the table, in its order. */
    ordered,
    chosen: ordered.filter(({ id }) => marked.has(id)),
    columns,
    source,
    sort,
    markAll: () => setMarked(new Set(shown.map(({ id }) => id))),
    clearMarks: () => setMarked(new Set()),
  };
}
