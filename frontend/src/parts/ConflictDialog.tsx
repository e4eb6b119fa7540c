import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { describeStart } from '../lib/instants';
import type { Conflict, ConflictSide } from '../lib/wire';

type ConflictDialogProps = {
  /** What has two values: "the scope Production". */
  what: string;
  conflict: Conflict;
  pending?: boolean;
  /** Leaves what is stored and gives up the person's own change. */
  onKeep: () => void;
  /** Saves the person's version in place of the one that is saved now; 0 = it was deleted. */
  onReplace: (version: number) => void;
  /** Goes back to what the person was doing. */
  onClose: () => void;
};

/** Shows both values of something that somebody else changed meanwhile, and lets the person choose. */
export function ConflictDialog({ what, conflict: { have, want }, pending = false, onKeep, onReplace, onClose }: ConflictDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{have ? 'Which version should be kept?' : 'Save it again?'}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography sx={{ color: 'text.secondary' }}>
          {have ? `Someone else changed ${what} while you were editing. Your version is not saved yet.` : `Someone else deleted ${what} while you were editing. Your version is not saved yet.`}
        </Typography>
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2 }}>
          <Side title="Saved version" side={have} note={have ? noteOf(have) : undefined} />
          <Side title="Your version" side={want} />
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Back</Button>
        <Button variant="outlined" onClick={onKeep}>
          {have ? 'Keep the saved version' : 'Leave it deleted'}
        </Button>
        <Button variant="contained" loading={pending} onClick={() => onReplace(have?.version ?? 0)}>
          Save my version
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Which version it is, and who made it, where that is known. */
function noteOf({ version, changedAt, changedBy }: ConflictSide): string {
  if (changedAt === '') return `Version ${version}`;
  return `Version ${version}, changed ${describeStart(changedAt)}${changedBy === '' ? '' : ` by ${changedBy}`}`;
}

function Side({ title, side, note }: { title: string; side: ConflictSide | null; note?: string }) {
  const titleId = useId();
  return (
    <Box component="section" aria-labelledby={titleId} sx={{ minWidth: 0, border: 1, borderColor: 'divider', borderRadius: '9px', p: 1.5 }}>
      <Typography variant="h2" component="h3" id={titleId}>
        {title}
      </Typography>
      {note !== undefined && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {note}
        </Typography>
      )}
      <Typography sx={{ mt: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', color: side ? 'inherit' : 'text.secondary' }}>{side?.text ?? 'Deleted'}</Typography>
    </Box>
  );
}
