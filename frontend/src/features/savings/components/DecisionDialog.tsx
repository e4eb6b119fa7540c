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
import { formatCounted } from '../../../lib/money';
import type { Decision, FindingInfo, FindingVersion } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { useToast } from '../../../ui/toast';
import { type DecisionForm, decisions, patchOf, problemOf, sharedForm, versionsOf } from '../progress';
import { useDecide } from '../queries';

type DecisionDialogProps = {
  findings: FindingInfo[];
  onClose: () => void;
  /** Everything was stored. */
  onSaved: () => void;
};

/** The version that stands for whatever is stored. */
const anyVersion = -1;

/** Decides about one finding or several: state, owner, days and note. */
export function DecisionDialog({ findings, onClose, onSaved }: DecisionDialogProps) {
  const titleId = useId();
  const [form, setForm] = useState(() => sharedForm(findings));
  const decide = useDecide();
  const toast = useToast();
  const failure = decide.error ? toAppError(decide.error) : null;
  const many = findings.length > 1;
  const problem = problemOf(form);
  const what = many ? formatCounted(findings.length, 'finding') : (findings[0]?.title ?? 'the finding');

  const store = (versions: FindingVersion[]) =>
    decide.mutate(
      { findings: versions, patch: patchOf(form) },
      {
        onSuccess: () => {
          toast({ text: `Changed ${formatCounted(findings.length, 'finding')}.` });
          onSaved();
        },
      },
    );
  const field = (part: Exclude<keyof DecisionForm, 'state'>, label: string, options: { day?: boolean; lines?: number; most: number }) => (
    <TextField
      size="small"
      label={label}
      type={options.day ? 'date' : 'text'}
      multiline={options.lines !== undefined}
      minRows={options.lines}
      value={form[part] ?? ''}
      onChange={(event) => setForm({ ...form, [part]: event.target.value === '' && many ? null : event.target.value })}
      slotProps={{ inputLabel: options.day ? { shrink: true } : undefined, htmlInput: { maxLength: options.most } }}
    />
  );

  return (
    <>
      <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
        <DialogTitle id={titleId}>{many ? `Decide about ${what}` : 'Decide about the finding'}</DialogTitle>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          <Typography sx={{ color: 'text.secondary' }}>{many ? 'What stays empty is not changed.' : what}</Typography>
          <TextField select size="small" label="State" value={form.state ?? ''} onChange={(event) => setForm({ ...form, state: decisions.find(({ value }) => value === event.target.value)?.value ?? null })}>
            {many && <MenuItem value="">As it is</MenuItem>}
            {decisions.map(({ value, label }: { value: Decision; label: string }) => (
              <MenuItem key={value} value={value}>
                {label}
              </MenuItem>
            ))}
          </TextField>
          {form.state === 'dismissed' && field('reason', 'Reason', { most: 200 })}
          {form.state === 'dismissed' && field('until', 'Dismissed until (open again afterwards)', { day: true, most: 10 })}
          {form.state === 'done' && field('doneOn', 'Done on (today if empty)', { day: true, most: 10 })}
          {field('owner', 'Owner', { most: 200 })}
          {field('due', 'Due', { day: true, most: 10 })}
          {field('note', 'Note', { lines: 2, most: 4000 })}
          {failure !== null && failure.conflict === null && (
            <Typography role="alert" sx={{ color: 'tone.warm' }}>
              {failure.message}
            </Typography>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="contained" disabled={problem !== null} title={problem ?? undefined} loading={decide.isPending} onClick={() => store(versionsOf(findings))}>
            Save
          </Button>
        </DialogActions>
      </Dialog>
      {failure?.conflict && (
        <ConflictDialog
          what={many ? 'one of the findings' : 'the finding'}
          conflict={failure.conflict}
          pending={decide.isPending}
          onClose={decide.reset}
          onKeep={onClose}
          onReplace={() => store(findings.map(({ id }) => ({ id, seen: anyVersion })))}
        />
      )}
    </>
  );
}
