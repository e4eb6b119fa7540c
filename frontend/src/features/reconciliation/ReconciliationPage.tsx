import { useSearchParams } from 'react-router';

import { InvoiceListView } from './components/InvoiceListView';
import { InvoiceView } from './components/InvoiceView';
import { NewFigureView } from './components/NewFigureView';
import { decodeKey } from './model';

/** Reconciliation: all invoices compared with the ledger, or the steps of one. The address says which. */
export function ReconciliationPage() {
  const [params] = useSearchParams();
  const text = params.get('invoice');
  if (text === 'new') return <NewFigureView />;
  const key = decodeKey(text);
  return key ? <InvoiceView key={text} invoice={key} /> : <InvoiceListView />;
}
