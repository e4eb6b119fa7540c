import { useState } from 'react';

import type { QueryLike } from './QueryView';

type Asked<Data> = Omit<QueryLike<Data>, 'error' | 'refetch'> & { error: Error | null; refetch: () => Promise<{ data: Data | undefined }> };

type Opened<Data> = Omit<QueryLike<Data>, 'error'> & { error: Error | null };

/**
 * What a form was opened with: the first answer that is not being asked anew. It stays while somebody else changes or deletes what is stored, so
 * that what was typed stays, and is saved over the version that was seen. `renew` takes what is stored now.
 */
export function useOpened<Data>(query: Asked<Data>): { opened: Opened<Data>; renew: () => Promise<void> } {
  const [first, setFirst] = useState<{ data: Data } | null>(null);
  if (first === null && query.data !== undefined && query.isFetching !== true) setFirst({ data: query.data });
  return {
    opened: { data: first?.data, error: first ? null : query.error, isPending: first === null, refetch: query.refetch },
    renew: async () => {
      const { data } = await query.refetch();
      if (data !== undefined) setFirst({ data });
    },
  };
}
