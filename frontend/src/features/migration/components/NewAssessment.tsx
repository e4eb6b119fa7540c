import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { type FormEvent, useId, useState } from 'react';

import { useLedgerState } from '../../../bridge/queries';
import type { Step } from '../model/steps';
import { useMigrationForm, useNewAssessment } from '../queries';

type NewAssessmentProps = { onClose: () => void; onMade: (name: string, step: Step) => void };

/** Asks for the name of an assessment and what it starts from. */
export function NewAssessment({ onClose, onMade }: NewAssessmentProps) {
  const titleId = useId();
  const form = useMigrationForm();
  const ledger = useLedgerState();
  const make = useNewAssessment();
  const bills = ledger.data !== undefined && ledger.data.months.length > 0;
  const [name, setName] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const start = from ?? (bills ? 'bills' : 'form');
  const templates = form.data?.templates ?? [];
  const about: Record<string, string> = { bills: 'Resources of the last complete month of each provider become workloads; what cannot be mapped is listed with its money', form: 'An empty form' };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ name: name.trim(), fromLedger: start === 'bills', template: start === 'bills' || start === 'form' ? '' : start }, { onSuccess: (draft) => onMade(draft.name, 'organization') });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={titleId}>New assessment</DialogTitle>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          <TextField autoFocus size="small" label="Name" value={name} error={make.error !== null} helperText={make.error?.message} onChange={(event) => setName(event.target.value)} sx={{ mt: 1 }} />
          <TextField select size="small" label="Start from" value={start} helperText={about[start] ?? templates.find((one) => one.name === start)?.about} onChange={(event) => setFrom(event.target.value)}>
            {bills && <MenuItem value="bills">The bills of this workspace</MenuItem>}
            <MenuItem value="form">An empty form</MenuItem>
            {templates.map((one) => (
              <MenuItem key={one.name} value={one.name}>
                Template: {one.title}
              </MenuItem>
            ))}
          </TextField>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" disabled={name.trim() === ''} loading={make.isPending}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
