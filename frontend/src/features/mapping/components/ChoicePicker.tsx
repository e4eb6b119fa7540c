import Autocomplete, { createFilterOptions } from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';

import type { MappingTable, MappingTarget } from '../../../lib/wire';
import { samplesOf, type Pick } from '../model';

type ChoicePickerProps = {
  labelId: string;
  target: MappingTarget;
  table: MappingTable;
  pick: Pick | null;
  onPick: (pick: Pick | null) => void;
};

const found = createFilterOptions<Pick>({ stringify: (option) => option.value });

function textOf(option: Pick): string {
  return option.kind === 'text' ? `Always “${option.value}”` : option.value;
}

/** A menu of the columns of the table; what is typed and is no column can be taken as a text. */
export function ChoicePicker({ labelId, target, table, pick, onPick }: ChoicePickerProps) {
  const columns = table.names.map((value): Pick => ({ kind: 'column', value }));
  const texts = target.values.map((value): Pick => ({ kind: 'text', value }));
  return (
    <Autocomplete<Pick>
      size="small"
      options={[...columns, ...texts]}
      value={pick}
      groupBy={(option) => (option.kind === 'column' ? 'Columns of the table' : 'The same for every line')}
      getOptionLabel={textOf}
      getOptionKey={(option) => `${option.kind} ${option.value}`}
      isOptionEqualToValue={(option, value) => option.kind === value.kind && option.value === value.value}
      filterOptions={(options, state) => {
        const typed = state.inputValue.trim();
        const listed = found(options, state);
        if (typed === '' || (pick !== null && typed === textOf(pick)) || options.some((option) => option.value === typed)) return listed;
        return [...listed, { kind: 'text', value: typed }];
      }}
      onChange={(_event, option) => onPick(option)}
      slotProps={{ paper: { sx: { border: 1, borderColor: 'divider', borderRadius: '10px', mt: 0.5, boxShadow: '0 10px 34px rgb(0 0 0 / 16%)' } } }}
      renderOption={({ key, ...props }, option) => (
        <Box component="li" key={key} {...props} sx={{ display: 'block !important' }}>
          <bdi>{textOf(option)}</bdi>
          {option.kind === 'column' && (
            <Typography variant="caption" component="div" noWrap sx={{ color: 'text.secondary' }}>
              {samplesOf(table, option.value).join(' · ')}
            </Typography>
          )}
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          placeholder="Nothing"
          slotProps={{ ...params.slotProps, htmlInput: { ...params.slotProps.htmlInput, 'aria-labelledby': labelId } }}
        />
      )}
    />
  );
}
