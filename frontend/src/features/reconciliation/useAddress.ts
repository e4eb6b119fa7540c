import { useLocation } from 'react-router';

import type { ReconcileInvoiceKey } from '../../lib/wire';
import { encodeKey } from './model';

/** Addresses within the page; whatever else the address says (the view, the filter of the list) goes along. */
export function useAddress() {
  const { search } = useLocation();
  const withInvoice = (invoice: string | null) => {
    const next = new URLSearchParams(search);
    if (invoice === null) next.delete('invoice');
    else next.set('invoice', invoice);
    return next.size > 0 ? `/reconciliation?${next.toString()}` : '/reconciliation';
  };
  return { list: withInvoice(null), fresh: withInvoice('new'), of: (key: ReconcileInvoiceKey) => withInvoice(encodeKey(key)) };
}
