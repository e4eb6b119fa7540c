import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import type { Mapping, MappingTable } from '../../../lib/wire';
import { pickOf, withPick, withTagColumns } from '../model';
import { ChoicePicker } from './ChoicePicker';

type TagChoicesProps = { table: MappingTable; mapping: Mapping; onChange: (mapping: Mapping) => void };

/** Tags: one column that holds them all, as JSON or as key=value, and columns that hold one each. */
export function TagChoices({ table, mapping, onChange }: TagChoicesProps) {
  const allId = useId();
  const eachId = useId();
  const target = table.targets.find(({ name }) => name === 'Tags');
  if (!target) return null;
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', mt: 1, pt: 1 }}>
      <Typography component="h3" sx={{ fontWeight: 620, pl: 3.25, py: 0.5 }}>
        Tags
      </Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(150px, 2fr) minmax(0, 3fr)', gap: 1, columnGap: 1.5, alignItems: 'center', pl: 3.25 }}>
        <Typography id={allId}>One column with all tags</Typography>
        <ChoicePicker labelId={allId} target={target} table={table} pick={pickOf(mapping, 'Tags')} refused={false} onPick={(pick) => onChange(withPick(mapping, 'Tags', pick))} />
        <Typography id={eachId}>Columns with one tag each</Typography>
        <Autocomplete
          multiple
          size="small"
          options={table.names}
          value={mapping.tags.map((tag) => tag.column)}
          onChange={(_event, columns) => onChange(withTagColumns(mapping, columns))}
          renderInput={(params) => (
            <TextField {...params} placeholder={mapping.tags.length === 0 ? 'None' : ''} slotProps={{ ...params.slotProps, htmlInput: { ...params.slotProps.htmlInput, 'aria-labelledby': eachId } }} />
          )}
        />
      </Box>
    </Box>
  );
}
