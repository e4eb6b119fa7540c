import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import type { DocumentInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { useChangeDocument } from './queries';

/** Says of which account and day a document is, where it does not say so itself. */
export function DocumentDialog({ document: now, onClose }: { document: DocumentInfo; onClose: () => void }) {
  const titleId = useId();
  // What somebody else changes meanwhile is read by the list, but was not seen here.
  const [document] = useState(now);
  const [account, setAccount] = useState(document.accounts.length === 1 ? (document.accounts[0] ?? '') : '');
  const [day, setDay] = useState(document.day);
  const change = useChangeDocument();
  const failure = change.error ? toAppError(change.error) : null;
  const save = (version: number) => change.mutate({ document: { ...document, version }, account: account.trim(), day }, { onSuccess: onClose });
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Account and day of the document</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {document.name}: {document.title}. What it does not list counts as absent only where its account is known.
        </Typography>
        <TextField size="small" label="Account" helperText={document.accounts.length > 1 ? `It names ${document.accounts.length} accounts; empty leaves them.` : 'Leave empty to use what the document states.'} value={account} onChange={(event) => setAccount(event.target.value)} slotProps={{ htmlInput: { maxLength: 200 } }} />
        <TextField size="small" type="date" label="Day" helperText="The day on which it was made." value={day} onChange={(event) => setDay(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} />
        {failure !== null && failure.conflict === null && (
          <Typography role="alert" sx={{ color: 'tone.warm' }}>
            {failure.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" disabled={account.trim() === '' && day === ''} loading={change.isPending} onClick={() => save(document.version)}>
          Save
        </Button>
      </DialogActions>
      {failure?.conflict && <ConflictDialog what={`the document ${document.name}`} conflict={failure.conflict} pending={change.isPending} onKeep={onClose} onReplace={save} onClose={() => change.reset()} />}
    </Dialog>
  );
}
