import Box from '@mui/material/Box';

import type { InvoiceBridge } from '../../../lib/wire';
import { PageHeader } from '../../../ui/PageHeader';
import { Pill } from '../../../ui/Pill';
import { statuses, describeBill, describeInvoice, describeStatus } from '../model';

/** Which invoice it is, and how it ended. */
export function InvoiceHeader({ bridge }: { bridge: InvoiceBridge }) {
  const { invoice } = bridge;
  return (
    <PageHeader
      title={describeBill(invoice)}
      sub={
        <Box component="span" sx={{ display: 'inline-flex', gap: 1.25, alignItems: 'baseline', flexWrap: 'wrap' }}>
          {invoice.accountName !== '' && <bdi>Account {invoice.key.account}</bdi>}
          <bdi>{invoice.key.invoice === '' ? describeInvoice(invoice.key) : `Invoice ${invoice.key.invoice}`}</bdi>
          <Pill tone={statuses[invoice.status].tone}>{describeStatus(invoice)}</Pill>
        </Box>
      }
    />
  );
}
