import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import type { Mapping, MappingTable } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { Pill } from '../../../ui/Pill';
import { useToast } from '../../../ui/toast';
import { isComplete, sameMapping, describeTrial } from '../model';
import { useSaveMapping, type useTrial } from '../queries';

type SaveBarProps = { table: MappingTable; mapping: Mapping; trial: ReturnType<typeof useTrial>; onChange: (mapping: Mapping) => void; onShowSaved: () => void };

/** The paths of the import that led here; the table alone where none did. */
function pathsOf(state: unknown, path: string): string[] {
  if (typeof state !== 'object' || state === null || !('paths' in state) || !Array.isArray(state.paths)) return [path];
  const paths = state.paths.filter((one): one is string => typeof one === 'string');
  return paths.length > 0 ? paths : [path];
}

/** What of a mapping is kept, and the version that the workspace has of it; 0 = none yet. */
type Kept = { mapping: Mapping | null; version: number };

/** The name of the mapping, whether it is complete, and the way on. */
export function SaveBar({ table, mapping, trial, onChange, onShowSaved }: SaveBarProps) {
  const save = useSaveMapping();
  const navigate = useNavigate();
  const location = useLocation();
  const toast = useToast();
  const readOnly = useReadOnly();
  const edited = table.path === '';
  const [kept, setKept] = useState<Kept>({ mapping: edited ? table.mapping : null, version: table.version });
  const name = mapping.name.trim();
  const complete = trial.data !== undefined && !trial.isPlaceholderData && isComplete(trial.data);
  // Another name is another mapping.
  const version = kept.mapping?.name === mapping.name ? kept.version : 0;
  // What was said of the mapping as it was saved says nothing of the one that stands there now.
  const failure = save.error !== null && sameMapping(save.variables?.mapping ?? null, mapping) ? toAppError(save.error) : null;
  const have = failure?.conflict?.have ?? null;
  const taken = have !== null && save.variables?.version === 0;
  const toSaved = () => void navigate('/imports/map');
  const toPreview = () => void navigate('/imports?preview', { state: { paths: pathsOf(location.state, table.path) } });

  const store = (over: number, then: () => void) =>
    save.mutate(
      { mapping, version: over },
      {
        onSuccess: (stored) => {
          setKept({ mapping, version: stored });
          then();
        },
      },
    );
  const keep = (then: () => void) => (sameMapping(kept.mapping, mapping) ? then() : store(version, then));
  const confirmSaved = () => toast({ text: `Saved the mapping ${mapping.name}.` });

  return (
    <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: -3, mb: -2.5, px: 3, py: 1.5, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
      <TextField size="small" value={mapping.name} onChange={(event) => onChange({ ...mapping, name: event.target.value })} slotProps={{ htmlInput: { 'aria-label': 'Name of the mapping', maxLength: 100 } }} sx={{ width: 200 }} />
      {!edited && (
        <Button variant="text" onClick={onShowSaved}>
          Saved mappings
        </Button>
      )}
      {trial.data && <Pill tone={complete ? 'good' : 'plain'}>{complete ? 'Complete' : 'Not complete'}</Pill>}
      {failure && (!failure.conflict || taken) ? (
        <Typography role="alert" sx={{ color: 'error.main', flex: '1 1 200px' }}>
          {failure.message}
        </Typography>
      ) : (
        trial.data && !(edited && complete) && <Typography role="status" sx={{ color: 'text.secondary', flex: '1 1 200px' }}>{describeTrial(trial.data)}</Typography>
      )}
      <Box sx={{ ml: 'auto', display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button variant="outlined" onClick={edited ? toSaved : toPreview}>
          Back
        </Button>
        {taken && (
          <Button variant="outlined" loading={save.isPending} onClick={() => store(have.version, confirmSaved)}>
            Replace it
          </Button>
        )}
        <Button variant={edited ? 'contained' : 'outlined'} disabled={readOnly || name === '' || !complete} loading={save.isPending} onClick={() => keep(confirmSaved)}>
          Save
        </Button>
        {!edited && (
          <Button variant="contained" disabled={readOnly || name === '' || !complete} loading={save.isPending} onClick={() => keep(toPreview)}>
            Import with this mapping
          </Button>
        )}
      </Box>
      {failure?.conflict && !taken && (
        <ConflictDialog
          what={`the mapping ${name}`}
          conflict={failure.conflict}
          pending={save.isPending}
          onClose={save.reset}
          onKeep={edited ? toSaved : toPreview}
          onReplace={(stored) => store(stored, confirmSaved)}
        />
      )}
    </Box>
  );
}
