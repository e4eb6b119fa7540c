import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useNavigate } from 'react-router';

import type { FigureInput } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { useInvoices } from '../queries';
import { useAddress } from '../useAddress';
import { BackToList } from './BackToList';
import { FigureConflict } from './FigureConflict';
import { FigureForm } from './FigureForm';
import { useFigureSaving } from './useFigureSaving';

const empty: FigureInput = {
  id: 0,
  version: 0,
  key: { provider: '', billingAccount: '', month: '', invoiceId: '', currency: '' },
  total: '',
  tax: '',
  credits: '',
  marketplace: '',
  other: '',
  note: '',
};

/** Names the draft of an invoice that is not listed yet. */
const draftName = 'new';

/** An invoice that the ledger does not list. */
export function NewFigureView() {
  const navigate = useNavigate();
  const address = useAddress();
  const list = useInvoices();
  const saving = useFigureSaving(draftName, (key) => void navigate(address.of(key), { replace: true }));
  return (
    <PageBody>
      <BackToList />
      <PageHeader title="Add an invoice" />
      <Box sx={{ width: 'min(520px, 100%)' }}>
        <Card title="Invoice amount">
          <Typography sx={{ color: 'text.secondary', mt: 0.5 }}>The invoice number is often enough: what you leave empty is taken from the bills of this workspace.</Typography>
          <FigureForm name={draftName} stored={empty} naming saving={saving.pending} error={saving.error} known={list.data ?? []} onSave={saving.store} />
        </Card>
      </Box>
      <FigureConflict saving={saving} />
    </PageBody>
  );
}
