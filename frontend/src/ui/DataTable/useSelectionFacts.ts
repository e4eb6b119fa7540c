import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { type Fact, factsOf, namedFacts } from './facts';
import { type Column, type RowSource } from './model';
import { type Area } from './selection';
import { COPY_ROWS_MAX } from './useCopy';

/** Rows up to this many are looked up while the pointer draws the selection. */
const AT_HAND_MAX = 2000;

function rowsAtHand<Row>(source: RowSource<Row>, { top, bottom }: Area): Row[] | null {
  if (bottom - top >= AT_HAND_MAX) return null;
  const rows: Row[] = [];
  for (let index = top; index <= bottom; index += 1) {
    const row = source.rowAt(index);
    if (row === undefined) return null;
    rows.push(row);
  }
  return rows;
}

/**
 * Sum, average and count of the selected numbers: null while rows that are not at hand are counted or fetched, and where there are
 * more than can be fetched. `name` identifies the table and its question.
 */
export function useSelectionFacts<Row>(name: string, columns: Column<Row>[], source: RowSource<Row>, area: Area | null): Fact[] | null {
  const chosen = useMemo(() => (area ? columns.slice(area.left, area.right + 1) : []), [columns, area]);
  const rows = area && rowsAtHand(source, area);
  const numbers = chosen.some(({ kind }) => kind === 'number');
  const fetched = useQuery({
    queryKey: ['selection', name, area, chosen.map(({ id }) => id)],
    queryFn: async () => {
      if (!area) return [];
      const counted = chosen.filter(({ kind }) => kind === 'number');
      if (source.facts) return namedFacts(await source.facts(area.top, area.bottom, counted.map(({ id }) => id)), counted);
      return factsOf(await source.read(area.top, area.bottom), counted);
    },
    enabled: area !== null && rows === null && numbers && (source.facts !== undefined || area.bottom - area.top < COPY_ROWS_MAX),
    gcTime: 0,
  });
  if (!area || !numbers) return [];
  return rows ? factsOf(rows, chosen) : (fetched.data ?? null);
}
