import { useState } from 'react';

import type { QueryLike } from './QueryView';

type Asked<Data> = QueryLike<Data> & { refetch: () => Promise<{ data: Data | undefined }> };

/**
 * What a form was opened with: the first answer that is not being asked anew. It stays while somebody else changes or deletes what is stored, so
 * that what was typed stays, and is saved over the version that was seen. `renew` takes what is stored now.
 */
export function useOpened<Data>(query: Asked<Data>): { opened: QueryLike<Data>; renew: () => Promise<void> } {
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
