import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { countDays, isDay } from '../../../lib/days';
import type { TaskInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { migrationKeys, useEditTask } from '../queries';

type TaskDialogProps = { task: TaskInfo; name: string; version: number; onClose: () => void };

/** What a person decides about a task: its title, when it begins, whether it is done. What waits for it moves with it. */
export function TaskDialog({ task, name, version, onClose }: TaskDialogProps) {
  const titleId = useId();
  const edit = useEditTask(name);
  const client = useQueryClient();
  // What somebody else changes meanwhile is read by the page, but was not seen here.
  const [opened] = useState(version);
  const failure = edit.error ? toAppError(edit.error) : null;
  const [title, setTitle] = useState(task.title);
  const [start, setStart] = useState(task.start);
  const [note, setNote] = useState(task.note);
  const [done, setDone] = useState(task.done);
  // Days that a task before it was moved by are in its start already.
  const moved = isDay(start) ? task.moved + daysFrom(task.start, start) : task.moved;
  const store = (seen: number) => edit.mutate({ phase: task.phase, change: { title: title.trim() === task.phase ? '' : title.trim(), note: note.trim(), moved, done }, version: seen }, { onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    store(opened);
  };
  const keepStored = async () => {
    await client.invalidateQueries({ queryKey: migrationKeys.all });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={titleId}>{task.phase}</DialogTitle>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          <TextField size="small" label="Title" value={title} onChange={(event) => setTitle(event.target.value)} sx={{ mt: 1 }} />
          <TextField size="small" type="date" label="Start" value={start} helperText="What waits for this task moves with it" onChange={(event) => setStart(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} />
          <TextField size="small" multiline minRows={2} label="Note" value={note} onChange={(event) => setNote(event.target.value)} />
          <FormControlLabel control={<Switch size="small" checked={done} onChange={(_event, on) => setDone(on)} />} label="Done" sx={{ ml: 0, gap: 1 }} />
          {failure && !failure.conflict && <ErrorPanel title="The task could not be saved" error={failure} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" loading={edit.isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
      {failure?.conflict && <ConflictDialog what={`the task ${task.title}`} conflict={failure.conflict} pending={edit.isPending} onKeep={() => void keepStored()} onReplace={store} onClose={edit.reset} />}
    </Dialog>
  );
}

/** How many days later the second day is. */
function daysFrom(from: string, to: string): number {
  return to >= from ? countDays(from, to) - 1 : -(countDays(to, from) - 1);
}
