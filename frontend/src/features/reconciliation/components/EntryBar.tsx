import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { useReadOnly } from '../../../bridge/queries';
import { formatCounted } from '../../../lib/money';
import { type Refused } from '../entry';

type EntryBarProps = {
  /** How many amounts were entered and not saved. */
  count: number;
  refused: Refused[];
  /** Why none of them could be saved. */
  error: string;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
};

/** Of more than these the number is shown. */
const REFUSED_SHOWN = 6;

/** What was entered in the list and is not saved, and why some of it could not be. */
export function EntryBar({ count, refused, error, saving, onSave, onDiscard }: EntryBarProps) {
  const readOnly = useReadOnly();
  if (count === 0) return null;
  return (
    <Box component="section" aria-label="Amounts not saved" sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, px: 1.5, py: 0.75, bgcolor: 'tone.accentBg', borderRadius: '8px' }}>
        <Typography role="status" sx={{ mr: 'auto' }}>
          {formatCounted(count, 'amount')} entered, not saved
        </Typography>
        <Button onClick={onDiscard}>Discard</Button>
        <Button variant="contained" loading={saving} disabled={readOnly} onClick={onSave}>
          Save {formatCounted(count, 'amount')}
        </Button>
      </Box>
      {(refused.length > 0 || error !== '') && (
        <Alert severity="error" sx={{ '& .MuiAlert-message': { minWidth: 0, overflowWrap: 'anywhere' } }}>
          {error !== '' ? error : `${formatCounted(refused.length, 'amount')} could not be saved:`}
          <Box component="ul" sx={{ m: 0, pl: 2.25 }}>
            {refused.slice(0, REFUSED_SHOWN).map(({ name, text }) => (
              <li key={name}>{text}</li>
            ))}
          </Box>
          {refused.length > REFUSED_SHOWN && `And ${refused.length - REFUSED_SHOWN} more; each is red in the list.`}
        </Alert>
      )}
    </Box>
  );
}
