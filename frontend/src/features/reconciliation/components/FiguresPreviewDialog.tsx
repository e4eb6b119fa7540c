import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router';

import { AppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import { formatCounted } from '../../../lib/money';
import { fileName } from '../../../lib/fileName';
import { previewAddress } from '../../../parts/useImportFiles';
import { Segmented } from '../../../ui/Segmented';
import { useToast } from '../../../ui/toast';
import { savedInputs, tellPreview, tellSaved } from '../entry';
import { type Decimal, useFiguresPreview, useInvoices, useSaveFigures } from '../queries';
import { FigureRows } from './FigureRows';

type FiguresPreviewDialogProps = { path: string; onClose: () => void };

/** What a file of invoice amounts says, before any of it is saved. */
export function FiguresPreviewDialog({ path, onClose }: FiguresPreviewDialogProps) {
  const titleId = useId();
  const [decimal, setDecimal] = useState<Decimal>('auto');
  const preview = useFiguresPreview(path, decimal);
  const save = useSaveFigures();
  const toast = useToast();
  const navigate = useNavigate();
  const readOnly = useReadOnly();
  const inputs = savedInputs(preview.data);
  const invoices = useInvoices();
  const other = preview.error instanceof AppError && preview.error.code === 'unsupported';

  const handleSave = () =>
    save.mutate(
      { inputs, decimal: 'point' },
      {
        onSuccess: (outcomes) => {
          const refused = outcomes.filter(({ problem }) => problem !== '');
          toast({ text: `${tellSaved(outcomes.length - refused.length, refused.length)}${refused[0] ? ` ${refused[0].problem}` : ''}`, tone: refused.length > 0 ? 'error' : undefined });
          onClose();
        },
      },
    );

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="lg" aria-labelledby={titleId}>
      <DialogTitle id={titleId} sx={{ overflowWrap: 'anywhere' }}>
        Invoice amounts in {fileName(path)}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
        {preview.isPending && <Skeleton variant="rounded" height={180} />}
        {preview.error && (
          <Alert severity="error" sx={{ overflowWrap: 'anywhere' }}>
            {other && 'This is not a list of invoice amounts. '}
            {preview.error.message}
          </Alert>
        )}
        {preview.data && <Typography sx={{ color: 'text.secondary' }}>{tellPreview(preview.data)}</Typography>}
        {preview.data && <FigureRows rows={preview.data.rows} invoices={invoices.data} />}
        {save.error && <Alert severity="error">{save.error.message}</Alert>}
        {!other && !preview.isPending && (
          <div>
            <Typography component="span" sx={{ mr: 1 }}>
              Amounts are written as
            </Typography>
            <Segmented<Decimal>
              label="Number format"
              value={decimal}
              onChange={setDecimal}
              choices={[
                { value: 'auto', label: 'Only if unambiguous' },
                { value: 'point', label: '1,200.50' },
                { value: 'comma', label: '1.200,50' },
              ]}
            />
          </div>
        )}
      </DialogContent>
      <DialogActions>
        {other && <Button onClick={() => void navigate(previewAddress, { state: { paths: [path] } })}>Preview as a bill</Button>}
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" loading={save.isPending} disabled={readOnly || inputs.length === 0} onClick={handleSave}>
          Save {formatCounted(inputs.length, 'amount')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
