import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

import { type Sort } from '../../ui/DataTable/model';
import { defaultColumns, type LedgerColumn } from './model';

/** What the page of lines keeps in its address besides the view: columns, order and search. */
export function useLinesState(columns: LedgerColumn[], metric: string) {
  const [params, setParams] = useSearchParams();
  const narrow = useMediaQuery(useTheme().breakpoints.down('md'));
  const named = params.getAll('col').join('\n');
  const sortColumn = params.get('sort');

  const own = useMemo(() => {
    const known = new Set(columns.map((column) => column.name));
    return [...new Set(named.split('\n').filter((name) => known.has(name)))];
  }, [columns, named]);
  const usual = useMemo(() => defaultColumns(columns, narrow), [columns, narrow]);
  const chosen = own.length > 0 ? own : usual;

  const known = columns.some((column) => column.name === sortColumn);
  const sort: Sort | null =
    sortColumn === 'none' ? null : sortColumn && known ? { column: sortColumn, desc: params.get('desc') === '1' } : { column: metric, desc: true };

  const change = (edit: (next: URLSearchParams) => void, replace = false) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next, { replace });
  };

  return {
    chosen,
    /** The person has not chosen columns: those that have no room may go. */
    usual: own.length === 0,
    sort,
    search: params.get('q') ?? '',
    setChosen: (names: string[]) =>
      change((next) => {
        next.delete('col');
        for (const name of names) next.append('col', name);
      }),
    resetChosen: () => change((next) => next.delete('col')),
    setSort: (next: Sort | null) =>
      change((edited) => {
        edited.set('sort', next?.column ?? 'none');
        if (next?.desc) edited.set('desc', '1');
        else edited.delete('desc');
      }),
    // Search and filters in one step, for each edit starts from the address as it was drawn.
    showAll: () =>
      change((next) => {
        next.delete('q');
        next.delete('f');
      }),
    // Typing must not fill the history with half-written words.
    setSearch: (text: string) =>
      change((next) => {
        if (text === '') next.delete('q');
        else next.set('q', text);
      }, true),
  };
}
