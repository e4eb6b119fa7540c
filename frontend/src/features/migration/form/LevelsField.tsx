import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import FormHelperText from '@mui/material/FormHelperText';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';

import { Segmented } from '../../../ui/Segmented';
import { isFields } from '../model/values';
import { useFormFacts } from './context';
import { type FieldPath, useField } from './useField';

const levels = ['must', 'should', 'nice'] as const;

/** Services with how much each is needed. */
export function LevelsField({ path }: { path: FieldPath }) {
  const { form } = useFormFacts();
  const { label, helper, value, onChange, problem } = useField(path);
  const chosen = isFields(value) ? value : {};
  const titleOf = (key: string) => form.services.find((one) => one.key === key)?.capability ?? key;
  const keys = Object.keys(chosen);
  return (
    <Box role="group" aria-label={label} sx={{ gridColumn: '1 / -1', display: 'flex', flexDirection: 'column', gap: 1, minWidth: 0 }}>
      {keys.map((key) => (
        <Box key={key} sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
          <Typography sx={{ flex: '1 1 160px', minWidth: 0, overflowWrap: 'anywhere' }}>{titleOf(key)}</Typography>
          <Segmented label={titleOf(key)} value={levels.find((one) => one === chosen[key]) ?? 'should'} choices={levels.map((one) => ({ value: one, label: one.charAt(0).toUpperCase() + one.slice(1) }))} onChange={(level) => onChange({ ...chosen, [key]: level })} />
          <IconButton aria-label={`Remove ${titleOf(key)}`} onClick={() => onChange(Object.fromEntries(Object.entries(chosen).filter(([one]) => one !== key)))}>
            <DeleteIcon fontSize="small" />
          </IconButton>
        </Box>
      ))}
      <Autocomplete
        size="small"
        options={form.services.filter((one) => !keys.includes(one.key))}
        groupBy={(one) => one.category}
        getOptionLabel={(one) => one.capability}
        value={null}
        blurOnSelect
        onChange={(_event, service) => {
          if (service) onChange({ ...chosen, [service.key]: 'should' });
        }}
        renderInput={(params) => <TextField {...params} label={`Add to ${label.toLowerCase()}`} />}
      />
      {(problem ?? helper) !== undefined && <FormHelperText error={problem !== undefined}>{problem ?? helper}</FormHelperText>}
    </Box>
  );
}
