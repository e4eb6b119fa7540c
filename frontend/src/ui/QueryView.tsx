import type { ReactNode } from 'react';

import { ErrorPanel } from './ErrorPanel';
import { Loading } from './Loading';

/** A question and its answer, as far as a page shows it. */
export type QueryLike<Data> = {
  data: Data | undefined;
  error: unknown;
  isPending: boolean;
  isFetching?: boolean;
  refetch: () => unknown;
};

/** Two questions that are shown together. */
export function bothOf<First, Second>(first: QueryLike<First>, second: QueryLike<Second>): QueryLike<[First, Second]> {
  return {
    data: first.data !== undefined && second.data !== undefined ? [first.data, second.data] : undefined,
    error: first.error ?? second.error,
    isPending: first.isPending || second.isPending,
    isFetching: first.isFetching === true || second.isFetching === true,
    refetch: () => Promise.all([first.refetch(), second.refetch()]),
  };
}

type QueryViewProps<Data> = {
  query: QueryLike<Data>;
  /** What is asked for, as it is said when the answer takes long: "the bills". None where the skeleton itself shows the progress. */
  what?: string;
  /** Keeps the layout until the first answer. */
  skeleton: ReactNode;
  errorTitle?: string;
  isEmpty?: (data: Data) => boolean;
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
};

/** Pending, failed, empty or there. An answer that is being asked anew stays in sight. */
export function QueryView<Data>({ query, what, skeleton, errorTitle, isEmpty, empty, children }: QueryViewProps<Data>) {
  const { data } = query;
  const loading = what === undefined ? skeleton : <Loading what={what}>{skeleton}</Loading>;
  if (data === undefined) {
    if (query.error) return <ErrorPanel title={errorTitle} error={query.error} onRetry={() => void query.refetch()} />;
    return loading;
  }
  // What was empty may be filled by now: an import that has just ended must not read as "nothing there".
  if (isEmpty?.(data) === true) return query.isFetching === true ? loading : empty;
  return (
    <>
      {query.error ? <ErrorPanel title={errorTitle} error={query.error} onRetry={() => void query.refetch()} /> : null}
      {children(data)}
    </>
  );
}
