import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useNavigate } from 'react-router';

import type { FigureInput } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { PageBody } from '../../../ui/PageBody';
import { PageHeader } from '../../../ui/PageHeader';
import { useSaveFigure } from '../queries';
import { useAddress } from '../useAddress';
import { BackToList } from './BackToList';
import { FigureForm } from './FigureForm';

const empty: FigureInput = {
  id: 0,
  version: 0,
  key: { provider: '', account: '', month: '', invoice: '', currency: '' },
  total: '',
  tax: '',
  credits: '',
  marketplace: '',
  other: '',
  note: '',
};

/** An invoice that the ledger does not list. */
export function NewFigureView() {
  const save = useSaveFigure();
  const navigate = useNavigate();
  const address = useAddress();
  return (
    <PageBody>
      <BackToList />
      <PageHeader title="Add an invoice" />
      <Box sx={{ width: 'min(520px, 100%)' }}>
        <Card title="On the invoice">
          <Typography sx={{ color: 'text.secondary', mt: 0.5 }}>What names the invoice may be left out where only one bill of the ledger fits: the invoice id alone is often enough.</Typography>
          <FigureForm start={empty} naming saving={save.isPending} error={save.error?.message ?? ''} onSave={(input) => save.mutate(input, { onSuccess: (key) => void navigate(address.of(key), { replace: true }) })} />
        </Card>
      </Box>
    </PageBody>
  );
}
