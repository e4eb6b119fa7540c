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
  /** Saves the person's version in place of the one that is saved now, 0 = it was deleted; or deletes that one. */
  onReplace: (version: number) => void;
  /** Goes back to what the person was doing. */
  onClose: () => void;
};

/** The words for both values, for a value that somebody else deleted, and for one that the person wants to delete. */
function wordsOf({ have, want }: Conflict, what: string): { title: string; text: string; keep: string; replace: string } {
  if (!want) return { title: 'Delete it all the same?', text: `Someone else changed ${what} after you opened it. It is not deleted yet.`, keep: 'Keep it', replace: 'Delete it' };
  if (!have) return { title: 'Save it again?', text: `Someone else deleted ${what} while you were editing. Your version is not saved yet.`, keep: 'Leave it deleted', replace: 'Save my version' };
  return { title: 'Which version should be kept?', text: `Someone else changed ${what} while you were editing. Your version is not saved yet.`, keep: 'Keep the saved version', replace: 'Save my version' };
}

/** Shows both values of something that somebody else changed meanwhile, and lets the person choose. */
export function ConflictDialog({ what, conflict, pending = false, onKeep, onReplace, onClose }: ConflictDialogProps) {
  const titleId = useId();
  const { have, want } = conflict;
  const words = wordsOf(conflict, what);
  const common = linesOf(have).filter((line) => linesOf(want).includes(line));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{words.title}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography sx={{ color: 'text.secondary' }}>
          {words.text}
          {common.length > 0 && ' What differs is highlighted.'}
        </Typography>
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: want ? 'minmax(0, 1fr) minmax(0, 1fr)' : 'minmax(0, 1fr)' }, gap: 2 }}>
          <Side title="Saved version" side={have} common={common} note={have ? noteOf(have) : undefined} />
          {want && <Side title="Your version" side={want} common={common} />}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Back</Button>
        <Button variant="outlined" onClick={onKeep}>
          {words.keep}
        </Button>
        <Button variant="contained" color={want ? 'primary' : 'error'} loading={pending} onClick={() => onReplace(have?.version ?? 0)}>
          {words.replace}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function linesOf(side: ConflictSide | null): string[] {
  return side === null ? [] : side.text.split('\n');
}

/** Which version it is, and who made it, where that is known. */
function noteOf({ version, changedAt, changedBy }: ConflictSide): string {
  if (changedAt === '') return `Version ${version}`;
  return `Version ${version}, changed ${describeStart(changedAt)}${changedBy === '' ? '' : ` by ${changedBy}`}`;
}

type SideProps = { title: string; side: ConflictSide | null; /** The lines that both values have. */ common: string[]; note?: string };

/** One value, a line for each part of it; those that the other one does not have are highlighted where there are others. */
function Side({ title, side, common, note }: SideProps) {
  const titleId = useId();
  const highlight = (line: string) => common.length > 0 && !common.includes(line);
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
      <Box sx={{ mt: 1, overflowWrap: 'anywhere', color: side ? 'inherit' : 'text.secondary' }}>
        {side === null && 'Deleted'}
        {linesOf(side).map((line, at) => (
          <Typography key={at} component={highlight(line) ? 'mark' : 'div'} sx={{ display: 'block', whiteSpace: 'pre-wrap', color: 'inherit', bgcolor: highlight(line) ? 'tone.selected' : 'transparent', borderRadius: '4px', mx: -0.5, px: 0.5 }}>
            {line}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
