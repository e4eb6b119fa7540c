import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import type { AnomalyKind, MuteRuleInfo } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { describeLevel, describeValue, kindWords } from '../model';
import { useChangeMuteRule } from '../queries';

/** What a rule can mute, as Go names it. */
const kinds: AnomalyKind[] = ['spike', 'shift', 'drop', 'drift'];

/** Changes a mute rule: the kind that it mutes, which of its places still count, and the note. */
export function MuteRuleForm({ info: { rule, version }, onClose }: { info: MuteRuleInfo; onClose: () => void }) {
  const [kind, setKind] = useState(rule.kind);
  const [keys, setKeys] = useState(rule.keys);
  const [note, setNote] = useState(rule.note);
  const save = useChangeMuteRule();
  const nameOf = useSubAccountNames();
  const failure = save.error ? toAppError(save.error) : null;
  const store = (seen: number) => save.mutate({ rule: { ...rule, kind, keys, note }, version: seen }, { onSuccess: onClose });
  const mutesAll = kind === '' && keys.length === 0;
  return (
    <Box component="section" aria-label={`Edit ${rule.name}`} sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Typography sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>{rule.name}</Typography>
      <TextField select size="small" label="Kind" value={kind} onChange={(event) => setKind(kinds.find((one) => one === event.target.value) ?? '')} sx={{ maxWidth: 240 }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
        <MenuItem value="">Any kind</MenuItem>
        {Object.entries(kindWords).map(([value, { label }]) => (
          <MenuItem key={value} value={value}>
            {label}
          </MenuItem>
        ))}
      </TextField>
      <Box role="group" aria-label="Only at" sx={{ display: 'flex', flexDirection: 'column' }}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          Only at
        </Typography>
        {rule.keys.map((key) => (
          <FormControlLabel
            key={key.column}
            control={<Checkbox size="small" checked={keys.includes(key)} onChange={(event) => setKeys(rule.keys.filter((one) => (one === key ? event.target.checked : keys.includes(one))))} />}
            label={`${describeLevel(key.column)}: ${describeValue(key, nameOf)}`}
            slotProps={{ typography: { sx: { overflowWrap: 'anywhere' } } }}
          />
        ))}
      </Box>
      <TextField size="small" label="Note" value={note} onChange={(event) => setNote(event.target.value)} multiline slotProps={{ htmlInput: { maxLength: 2000 } }} />
      {mutesAll && <Typography sx={{ color: 'error.main' }}>Choose a kind or a place; otherwise the rule would mute everything.</Typography>}
      {failure && !failure.conflict && <ErrorPanel title="The rule was not saved" error={failure} />}
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" disabled={mutesAll} loading={save.isPending} onClick={() => store(version)}>
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </Box>
      {failure?.conflict && <ConflictDialog what={`the mute rule “${rule.name}”`} conflict={failure.conflict} pending={save.isPending} onKeep={onClose} onReplace={store} onClose={save.reset} />}
    </Box>
  );
}
