import { hashKey, type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import { type RowSource } from './model';

/** Rows fetched at once. */
export const PAGE_ROWS = 200;

/** Rows of a large selection are fetched so many at once, and not kept. */
const BULK_ROWS = 5000;

/** While the scroll bar is dragged, pages are asked for at most this often. */
const SETTLE_MS = 60;

/** Pages out of view are kept this long. */
const KEEP_MS = 120_000;

/** One page of rows and the number of rows there are. */
export type RemotePage<Row> = { total: number; rows: Row[] };

type RemoteRowsOptions<Page extends RemotePage<Row>, Row> = {
  /** Names the question; the page number is added to it. */
  queryKey: QueryKey;
  loadPage: (offset: number, limit: number) => Promise<Page>;
};

type RemoteRows<Page, Row> = {
  source: RowSource<Row>;
  /** The first page, which carries what the page says about all rows. */
  firstPage: Page | undefined;
  error: unknown;
  isPending: boolean;
  retry: () => void;
};

/** The pages that hold the rows of a range, one more on either side, and always the first. */
export function pagesOf(first: number, last: number, total: number): number[] {
  const pageLast = Math.max(0, Math.ceil(total / PAGE_ROWS) - 1);
  const from = Math.max(0, Math.floor(first / PAGE_ROWS) - 1);
  const to = Math.min(pageLast, Math.floor(Math.max(first, last) / PAGE_ROWS) + 1);
  const pages = [0];
  for (let page = Math.max(1, from); page <= to; page++) pages.push(page);
  return pages;
}

/** Fetches the rows of a large table page by page as they come into view, and keeps what it has fetched. */
export function useRemoteRows<Page extends RemotePage<Row>, Row>({ queryKey, loadPage }: RemoteRowsOptions<Page, Row>): RemoteRows<Page, Row> {
  const client = useQueryClient();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [totalKnown, setTotalKnown] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const queryOf = (page: number) => ({
    queryKey: [...queryKey, page],
    queryFn: () => loadPage(page * PAGE_ROWS, PAGE_ROWS),
    staleTime: Infinity,
    gcTime: KEEP_MS,
  });
  const pages = pagesOf(range.first, range.last, totalKnown);
  const results = useQueries({ queries: pages.map((page) => queryOf(page)) });
  const first = results[0];

  // The answer to the last question stays in view, whole, until the first page of this one is there.
  const hash = hashKey(queryKey);
  const [answered, setAnswered] = useState<{ hash: string; queryKey: QueryKey } | null>(null);
  if (first?.data && answered?.hash !== hash) setAnswered({ hash, queryKey });
  const stale = first?.data === undefined && first?.error === null && answered !== null;
  const shownKey = stale ? answered.queryKey : queryKey;
  const firstPage = stale ? client.getQueryData<Page>([...shownKey, 0]) : first?.data;
  const total = firstPage?.total ?? 0;
  if (total !== totalKnown) setTotalKnown(total);

  const onRange = useCallback((from: number, to: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setRange({ first: from, last: to }), SETTLE_MS);
  }, []);

  // Looking a page up by its question takes longer than drawing a row, so each is looked up once a drawing.
  const found = new Map<number, Page | undefined>();
  const rowAt = (index: number): Row | undefined => {
    const page = Math.floor(index / PAGE_ROWS);
    if (!found.has(page)) found.set(page, client.getQueryData<Page>([...shownKey, page]));
    return found.get(page)?.rows[index % PAGE_ROWS];
  };

  const read = async (from: number, to: number): Promise<Row[]> => {
    const rows: Row[] = [];
    if (to - from >= 4 * PAGE_ROWS) {
      for (let at = from; at <= to; at += BULK_ROWS) rows.push(...(await loadPage(at, Math.min(BULK_ROWS, to - at + 1))).rows);
      return rows;
    }
    for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS <= to; page++) {
      const data = await client.fetchQuery(queryOf(page));
      const start = page * PAGE_ROWS;
      rows.push(...data.rows.slice(Math.max(0, from - start), to - start + 1));
    }
    return rows;
  };

  const failed = results.find((result) => result.error);
  return {
    source: { total, rowAt, onRange, read, stale },
    firstPage,
    error: failed?.error ?? null,
    isPending: firstPage === undefined,
    retry: () => results.forEach((result) => void (result.error && result.refetch())),
  };
}

