import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { useScopes } from '../../../bridge/queries';
import type { PlannedInput } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { Segmented } from '../../../ui/Segmented';
import { byMonth, missingOf, plannedKinds, sentOf } from '../planned';
import { useSavePlanned } from '../queries';

type PlannedDialogProps = { start: PlannedInput; version: number; onClose: () => void };

/** Adds or edits a planned change. */
export function PlannedDialog({ start, version, onClose }: PlannedDialogProps) {
  const titleId = useId();
  const [form, setForm] = useState(start);
  const save = useSavePlanned();
  const scopes = useScopes();
  const failure = save.error ? toAppError(save.error) : null;
  const missing = missingOf(form);
  const set = (part: Partial<PlannedInput>) => setForm({ ...form, ...part });
  const text = (field: 'name' | 'monthly' | 'percent' | 'commitment' | 'note', label: string, helper?: string) => (
    <TextField size="small" label={label} value={form[field]} helperText={helper} onChange={(event) => set({ [field]: event.target.value })} slotProps={{ htmlInput: { maxLength: 2000 } }} />
  );
  const day = (field: 'from' | 'to', label: string) => (
    <TextField size="small" type="date" label={label} value={form[field]} onChange={(event) => set({ [field]: event.target.value })} slotProps={{ inputLabel: { shrink: true } }} />
  );
  const store = (seen: number) => save.mutate({ change: sentOf(form), version: seen }, { onSuccess: onClose });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{version === 0 ? 'Add a planned change' : `Edit ${start.name}`}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, '& > :first-of-type': { mt: 0.75 } }}>
        <Segmented label="Kind" value={form.kind} choices={plannedKinds} onChange={(kind) => set({ kind })} />
        <Typography sx={{ color: 'text.secondary' }}>{plannedKinds.find(({ value }) => value === form.kind)?.hint}</Typography>
        {version === 0 && text('name', 'Name')}
        {byMonth(form.kind) && text('monthly', `Amount a month, ${form.currency}`)}
        {form.kind === 'price' && text('percent', 'Percent', 'Negative for a lower price, such as -8')}
        {form.kind === 'shutdown' && text('percent', 'Percent', 'Leave empty for all of the charges')}
        {form.kind === 'renewal' ? (
          text('commitment', 'Id of the commitment')
        ) : (
          <TextField
            select
            size="small"
            label="Charges"
            value={form.where === '' ? form.scope : '\u0000'}
            onChange={(event) => set({ scope: event.target.value, where: '' })}
            slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
          >
            <MenuItem value="">All charges</MenuItem>
            {form.where !== '' && <MenuItem value={'\u0000'}>{form.where}</MenuItem>}
            {(scopes.data ?? []).map(({ name }) => (
              <MenuItem key={name} value={name}>
                {name}
              </MenuItem>
            ))}
          </TextField>
        )}
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) minmax(0, 1fr)' } }}>
          {day('from', 'First day')}
          {day('to', 'Last day (optional)')}
        </Box>
        {text('note', 'Note')}
        {failure && !failure.conflict && <ErrorPanel title="The change was not saved" error={failure} />}
      </DialogContent>
      <DialogActions>
        {missing !== null && <Typography sx={{ color: 'text.secondary', mr: 'auto' }}>{missing}</Typography>}
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" disabled={missing !== null} loading={save.isPending} onClick={() => store(version)}>
          Save
        </Button>
      </DialogActions>
      {failure?.conflict && <ConflictDialog what={`the planned change ${form.name}`} conflict={failure.conflict} pending={save.isPending} onKeep={onClose} onReplace={store} onClose={save.reset} />}
    </Dialog>
  );
}
