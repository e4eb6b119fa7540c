import { useMemo } from 'react';

import { type Column, type RowSource, type Sort } from './model';
import { treeLines, type TreeInput } from './tree';

type TreeRows<Row> = TreeInput<Row> & {
  /** A row was opened or closed. What is below an open one may be fetched then. */
  onExpanded: (expanded: ReadonlySet<string>) => void;
};

/**
 * Rows that open. Each row brings its own figures, so that the total of a level is the ledger's and never a sum made
 * here. What is read, copied and exported is what is in view, in its order.
 */
export function useTreeRows<Row>({ roots, keyOf, childrenOf, sumOf, expanded, onExpanded }: TreeRows<Row>, columns: Column<Row>[], sort: Sort | null): RowSource<Row> {
  const lines = useMemo(() => treeLines({ roots, keyOf, childrenOf, sumOf, expanded }, columns, sort), [roots, keyOf, childrenOf, sumOf, expanded, columns, sort]);
  return useMemo(
    () => ({
      total: lines.length,
      rowAt: (index: number) => lines[index]?.row,
      read: (first: number, last: number) => Promise.resolve(lines.slice(first, last + 1).flatMap(({ row }) => (row === undefined ? [] : [row]))),
      // Where no row opens it is a plain table.
      tree: lines.some((line) => line.expanded !== null)
        ? {
            placeAt: (index: number) => lines[index],
            toggle: (index: number) => {
              const line = lines[index];
              if (!line || line.expanded === null) return;
              const next = new Set(expanded);
              if (!next.delete(line.key)) next.add(line.key);
              onExpanded(next);
            },
          }
        : undefined,
    }),
    [lines, expanded, onExpanded],
  );
}
