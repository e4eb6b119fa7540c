import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

import type { ReconcileBridgeDocument, ReconcileInvoiceKey } from '../../../lib/wire';
import { PageBody } from '../../../ui/PageBody';
import { QueryView } from '../../../ui/QueryView';
import { useInvoiceBridge, useInvoices } from '../queries';
import { BackToList } from './BackToList';
import { BridgeCard } from './BridgeCard';
import { FigureCard } from './FigureCard';
import { InvoiceActions } from './InvoiceActions';
import { InvoiceHeader } from './InvoiceHeader';
import { InvoiceSheet } from './InvoiceSheet';
import { PrintSheet } from './PrintSheet';
import { ReasonsCard } from './ReasonsCard';

/** One invoice: the steps from the ledger on the left, its amounts and the possible causes of a difference on the right. */
export function InvoiceView({ invoice }: { invoice: ReconcileInvoiceKey }) {
  const bridge = useInvoiceBridge(invoice);
  const list = useInvoices();
  return (
    <PageBody>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
        <BackToList />
        {bridge.data && <InvoiceActions bridge={bridge.data} />}
      </Box>
      <QueryView<ReconcileBridgeDocument> query={bridge} what="the invoice" errorTitle="The invoice could not be compared" skeleton={<Skeleton variant="rounded" height={420} />}>
        {(data) => (
          <>
            <InvoiceHeader invoice={data} />
            <Box sx={{ display: 'grid', gap: 2, alignItems: 'start', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 312px', xl: 'minmax(0, 1fr) 400px' } }}>
              <BridgeCard bridge={data} />
              <Box sx={{ display: 'grid', gap: 2 }}>
                <FigureCard invoice={data} others={list.data ?? []} />
                <ReasonsCard bridge={data} />
              </Box>
            </Box>
            <PrintSheet title={`Reconciliation ${data.provider} ${data.month} ${data.invoiceId}`}>
              <InvoiceSheet bridge={data} />
            </PrintSheet>
          </>
        )}
      </QueryView>
    </PageBody>
  );
}
