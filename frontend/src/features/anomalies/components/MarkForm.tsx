import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { toAppError } from '../../../bridge/errors';
import { formatInstant } from '../../../lib/days';
import type { AnomalyInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { Segmented } from '../../../ui/Segmented';
import { ownStates, stateWords } from '../model';
import { useMark } from '../queries';

type OwnState = (typeof ownStates)[number];

function ownStateOf(anomaly: AnomalyInfo): OwnState {
  return ownStates.find((one) => one === anomaly.state) ?? 'open';
}

/** Lets a person say how an anomaly stands, with a note. */
export function MarkForm({ anomaly }: { anomaly: AnomalyInfo }) {
  // What is stored as it was seen. What somebody else stores meanwhile takes its place only where nothing was typed.
  const [seen, setSeen] = useState(anomaly);
  const [state, setState] = useState<OwnState>(ownStateOf(anomaly));
  const [note, setNote] = useState(anomaly.note);
  const show = (stored: AnomalyInfo) => {
    setSeen(stored);
    setState(ownStateOf(stored));
    setNote(stored.note);
  };
  const is = (stored: AnomalyInfo) => ownStateOf(stored) === state && stored.note === note;
  if (anomaly.version !== seen.version && (is(seen) || is(anomaly))) show(anomaly);
  const mark = useMark();
  const readOnly = useReadOnly();
  const failure = mark.error ? toAppError(mark.error) : null;
  const store = (version: number) => mark.mutate({ id: anomaly.id, state, note, version });
  const keepStored = () => {
    mark.reset();
    show(anomaly);
  };
  return (
    <Box component="section" aria-label="State and note" sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      <Typography variant="h2" component="h3">
        State and note
      </Typography>
      <Segmented label="State" value={state} choices={ownStates.map((value) => ({ value, label: stateWords[value].label }))} onChange={setState} />
      <TextField size="small" label="Note" value={note} onChange={(event) => setNote(event.target.value)} multiline minRows={2} slotProps={{ htmlInput: { maxLength: 2000 } }} />
      {failure && !failure.conflict && <ErrorPanel title="The state was not saved" error={failure} />}
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center' }}>
        <Button variant="contained" disabled={readOnly} loading={mark.isPending} onClick={() => store(seen.version)}>
          Save
        </Button>
        {anomaly.version > 0 && (
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>
            Version {anomaly.version}, {formatInstant(anomaly.changedAt)}
            {anomaly.changedBy !== '' && ` by ${anomaly.changedBy}`}
          </Typography>
        )}
      </Box>
      {failure?.conflict && <ConflictDialog what="the state of this anomaly" conflict={failure.conflict} pending={mark.isPending} onKeep={keepStored} onReplace={store} onClose={mark.reset} />}
    </Box>
  );
}
