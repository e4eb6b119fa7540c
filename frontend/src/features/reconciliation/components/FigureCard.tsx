import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { formatInstant } from '../../../lib/days';
import type { FigureInput, ReconciledInvoice } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { useToast } from '../../../ui/toast';
import { inputOf, nextToType, sameKey } from '../model';
import { useSaveFigure } from '../queries';
import { useAddress } from '../useAddress';
import { DeleteFigureDialog } from './DeleteFigureDialog';
import { FigureForm } from './FigureForm';

type FigureCardProps = { invoice: ReconciledInvoice; others: ReconciledInvoice[] };

/** What the invoice says, to type and to change. */
export function FigureCard({ invoice, others }: FigureCardProps) {
  const save = useSaveFigure();
  const navigate = useNavigate();
  const address = useAddress();
  const toast = useToast();
  const [deleting, setDeleting] = useState(false);
  const { figure } = invoice;
  const next = nextToType(others, invoice.key);

  const handleSave = (input: FigureInput, goOn: boolean) =>
    save.mutate(input, {
      onSuccess: (key) => {
        toast({ text: 'The figure is kept.' });
        if (goOn && next) void navigate(address.of(next));
        else if (!sameKey(key, invoice.key)) void navigate(address.of(key), { replace: true });
      },
    });

  return (
    <Card title="On the invoice" sub={invoice.key.currency}>
      <FigureForm start={inputOf(invoice)} saving={save.isPending} error={save.error?.message ?? ''} onSave={handleSave} more={next !== null} />
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
    </Card>
  );
}
