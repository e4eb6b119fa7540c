import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import type { Mapping, MappingTable } from '../../../lib/wire';
import { useToast } from '../../../ui/toast';
import { sameMapping, describeTrial } from '../model';
import { useSaveMapping, useTrial } from '../queries';

type SaveBarProps = { table: MappingTable; mapping: Mapping; onChange: (mapping: Mapping) => void; onShowSaved: () => void };

/** The paths of the import that led here; the table alone where none did. */
function pathsOf(state: unknown, path: string): string[] {
  if (typeof state !== 'object' || state === null || !('paths' in state) || !Array.isArray(state.paths)) return [path];
  const paths = state.paths.filter((one): one is string => typeof one === 'string');
  return paths.length > 0 ? paths : [path];
}

/** The name of the mapping, and the way on. */
export function SaveBar({ table, mapping, onChange, onShowSaved }: SaveBarProps) {
  const save = useSaveMapping();
  const trial = useTrial(table.path, mapping);
  const navigate = useNavigate();
  const location = useLocation();
  const toast = useToast();
  const readOnly = useReadOnly();
  const [kept, setKept] = useState<Mapping | null>(null);
  const toPreview = () => void navigate('/imports?preview', { state: { paths: pathsOf(location.state, table.path) } });
  const conflict = save.error !== null && toAppError(save.error).code === 'conflict';

  const keep = (replace: boolean, then: () => void) => {
    if (sameMapping(kept, mapping)) {
      then();
      return;
    }
    const again = kept !== null && kept.name === mapping.name;
    save.mutate(
      { mapping, replace: replace || again },
      {
        onSuccess: () => {
          setKept(mapping);
          then();
        },
      },
    );
  };
  const handleSave = (replace: boolean) => keep(replace, () => toast({ text: `Saved the mapping ${mapping.name}.` }));

  return (
    <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: -3, mb: -2.5, px: 3, py: 1.5, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
      <TextField size="small" value={mapping.name} onChange={(event) => onChange({ ...mapping, name: event.target.value })} slotProps={{ htmlInput: { 'aria-label': 'Name of the mapping', maxLength: 100 } }} sx={{ width: 200 }} />
      <Button variant="text" onClick={onShowSaved}>
        Saved mappings
      </Button>
      {!save.error && trial.data && (
        <Typography noWrap title={describeTrial(trial.data)} sx={{ color: 'text.secondary', flex: 1, minWidth: 120 }}>
          {describeTrial(trial.data)}
        </Typography>
      )}
      {save.error && (
        <Typography role="alert" sx={{ color: 'error.main', flex: 1, minWidth: 200 }}>
          {save.error.message}
        </Typography>
      )}
      <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
        <Button variant="outlined" onClick={toPreview}>
          Back
        </Button>
        {conflict && (
          <Button variant="outlined" loading={save.isPending} onClick={() => handleSave(true)}>
            Replace it
          </Button>
        )}
        <Button variant="outlined" disabled={readOnly || mapping.name.trim() === ''} loading={save.isPending} onClick={() => handleSave(false)}>
          Save
        </Button>
        <Button variant="contained" disabled={readOnly || mapping.name.trim() === ''} loading={save.isPending} onClick={() => keep(false, toPreview)}>
          Import with this mapping
        </Button>
      </Box>
    </Box>
  );
}
