import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import type { MappingTable, MappingTarget } from '../../../lib/wire';
import { type Pick, pickOptions, samplesOf } from '../model';

type ChoicePickerProps = {
  labelId: string;
  target: MappingTarget;
  table: MappingTable;
  pick: Pick | null;
  /** The values of the table contradict what is picked. */
  refused: boolean;
  onPick: (pick: Pick | null) => void;
};

function textOf(option: Pick): string {
  return option.kind === 'text' ? `Always “${option.value}”` : option.value;
}

/** A menu of the columns of the table; what is typed and is no column can be taken as a text. Enter and Tab take the first of the list. */
export function ChoicePicker({ labelId, target, table, pick, refused, onPick }: ChoicePickerProps) {
  const [typed, setTyped] = useState('');
  const typing = typed.trim() !== '';
  return (
    <Autocomplete<Pick>
      size="small"
      options={pickOptions(target, table.names, typed)}
      value={pick}
      autoHighlight={typing}
      autoSelect={typing}
      getOptionLabel={textOf}
      getOptionKey={(option) => `${option.kind} ${option.value}`}
      isOptionEqualToValue={(option, value) => option.kind === value.kind && option.value === value.value}
      filterOptions={(options) => options}
      onInputChange={(_event, text, reason) => setTyped(reason === 'input' ? text : '')}
      onChange={(_event, option) => onPick(option)}
      slotProps={{ paper: { sx: { border: 1, borderColor: 'divider', borderRadius: '10px', mt: 0.5, boxShadow: '0 10px 34px rgb(0 0 0 / 16%)' } } }}
      renderOption={({ key, ...props }, option) => (
        <Box component="li" key={key} {...props} sx={{ display: 'block !important' }}>
          <bdi>{textOf(option)}</bdi>
          <Typography variant="caption" component="div" noWrap sx={{ color: 'text.secondary' }}>
            {option.kind === 'column' ? samplesOf(table, option.value).join(' · ') : 'The same for every line'}
          </Typography>
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          error={refused}
          placeholder="Not mapped"
          slotProps={{ ...params.slotProps, htmlInput: { ...params.slotProps.htmlInput, 'aria-labelledby': labelId } }}
        />
      )}
    />
  );
}
