import { useMemo } from 'react';

import { type Column, type RowSource, type Sort } from './model';
import { sortRows } from './order';

/** Rows that are all at hand, in the asked order. */
export function useLocalRows<Row>(rows: Row[], columns: Column<Row>[], sort: Sort | null): RowSource<Row> {
  return useMemo(() => {
    const sorted = sortRows(rows, columns, sort);
    return {
      total: sorted.length,
      rowAt: (index: number) => sorted[index],
      read: (first: number, last: number) => Promise.resolve(sorted.slice(first, last + 1)),
    };
  }, [rows, columns, sort]);
}
