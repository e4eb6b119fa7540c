import Box from '@mui/material/Box';

import { describeProvider } from '../../../lib/bill';
import type { ReconcileInvoiceDocument } from '../../../lib/wire';
import { ROW_HEIGHT } from '../../../ui/DataTable/model';

/** The provider of an invoice and below it, more quietly, the billing account: both within the height of a row. */
export function ProviderCell({ invoice }: { invoice: ReconcileInvoiceDocument }) {
  const account = invoice.billingAccountName || invoice.billingAccount;
  const line = { display: 'block', lineHeight: 1.15, overflow: 'hidden', textOverflow: 'ellipsis' } as const;
  return (
    <Box component="span" sx={{ display: 'inline-flex', flexDirection: 'column', justifyContent: 'center', height: ROW_HEIGHT - 1, maxWidth: '100%', verticalAlign: 'top' }}>
      <Box component="span" sx={{ ...line, whiteSpace: account === '' ? 'normal' : undefined }}>
        {describeProvider(invoice.provider)}
      </Box>
      {account !== '' && (
        <Box component="bdi" sx={{ ...line, color: 'text.secondary', fontSize: '0.6875rem' }}>
          {account}
        </Box>
      )}
    </Box>
  );
}
