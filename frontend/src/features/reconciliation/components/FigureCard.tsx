import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { formatInstant } from '../../../lib/days';
import type { ReconcileInvoiceDocument } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { encodeKey, inputOf, nextMissing, sameKey } from '../model';
import { useAddress } from '../useAddress';
import { DeleteFigureDialog } from './DeleteFigureDialog';
import { FigureConflict } from './FigureConflict';
import { FigureForm } from './FigureForm';
import { useFigureSaving } from './useFigureSaving';

type FigureCardProps = { invoice: ReconcileInvoiceDocument; others: ReconcileInvoiceDocument[] };

/** The amounts of an invoice, to enter and to change. */
export function FigureCard({ invoice, others }: FigureCardProps) {
  const navigate = useNavigate();
  const address = useAddress();
  const [deleting, setDeleting] = useState(false);
  const { figure } = invoice;
  const name = encodeKey(invoice);
  const next = nextMissing(others, invoice);
  const saving = useFigureSaving(name, (key, goOn) => {
    if (goOn) void navigate(next ? address.of(next) : address.list);
    else if (!sameKey(key, invoice)) void navigate(address.of(key), { replace: true });
  });

  return (
    <Card title="Invoice amount" sub={invoice.currency}>
      <FigureForm name={name} stored={inputOf(invoice)} saving={saving.pending} error={saving.error} known={others} onSave={saving.store} more={next !== null} />
      {figure && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 1 }}>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {figure.user !== '' && `${figure.user}, `}
            {formatInstant(figure.enteredAt)}
          </Typography>
          <Button sx={{ ml: 'auto' }} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </Box>
      )}
      {figure && deleting && <DeleteFigureDialog figure={figure} invoice={invoice} onClose={() => setDeleting(false)} />}
      <FigureConflict saving={saving} />
    </Card>
  );
}
