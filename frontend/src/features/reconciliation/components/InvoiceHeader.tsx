import Box from '@mui/material/Box';

import type { ReconcileInvoiceDocument } from '../../../lib/wire';
import { PageHeader } from '../../../ui/PageHeader';
import { Pill } from '../../../ui/Pill';
import { statuses, describeBill, describeInvoice, describeStatus } from '../model';

/** Which invoice it is, and whether it matches. */
export function InvoiceHeader({ invoice }: { invoice: ReconcileInvoiceDocument }) {
  return (
    <PageHeader
      title={describeBill(invoice)}
      sub={
        <Box component="span" sx={{ display: 'inline-flex', gap: 1.25, alignItems: 'baseline', flexWrap: 'wrap' }}>
          {invoice.billingAccountName !== '' && <bdi>Account {invoice.billingAccount}</bdi>}
          <bdi>{invoice.invoiceId === '' ? describeInvoice(invoice) : `Invoice ${invoice.invoiceId}`}</bdi>
          <Pill tone={statuses[invoice.status].tone}>{describeStatus(invoice)}</Pill>
        </Box>
      }
    />
  );
}
