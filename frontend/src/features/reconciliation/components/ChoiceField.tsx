import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { listSlot } from '../../../parts/ColumnPicker';

type ChoiceFieldProps = {
  label: string;
  hint: string;
  value: string;
  /** What the workspace has; anything else can be typed. */
  values: string[];
  labelOf: (value: string) => string;
  onChange: (text: string) => void;
};

/** One field beside its name, with a list of the values that the workspace has. */
export function ChoiceField({ label, hint, value, values, labelOf, onChange }: ChoiceFieldProps) {
  const id = useId();
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '104px minmax(0, 1fr)', columnGap: 1, alignItems: 'center' }}>
      <Typography component="label" htmlFor={id} sx={{ color: 'text.secondary' }}>
        {label}
      </Typography>
      <Autocomplete
        id={id}
        freeSolo
        openOnFocus
        forcePopupIcon={values.length > 0}
        size="small"
        options={values}
        inputValue={value}
        value={value}
        filterOptions={(options) => (options.includes(value) ? options : options.filter((one) => labelOf(one).toLowerCase().includes(value.trim().toLowerCase())))}
        onInputChange={(_event, text, reason) => {
          if (reason !== 'reset') onChange(text);
        }}
        onChange={(_event, chosen) => onChange(chosen ?? '')}
        slotProps={listSlot}
        renderOption={({ key, ...props }, one) => (
          <Box component="li" key={key} {...props} sx={{ fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
            <bdi>{labelOf(one)}</bdi>
          </Box>
        )}
        renderInput={(input) => <TextField {...input} slotProps={{ ...input.slotProps, htmlInput: { ...input.slotProps.htmlInput, autoComplete: 'off', 'aria-describedby': hint === '' ? undefined : `${id}-help` } }} />}
      />
      {hint !== '' && (
        <Typography id={`${id}-help`} variant="body2" sx={{ gridColumn: 2, color: 'text.secondary', mt: 0.25 }}>
          {hint}
        </Typography>
      )}
    </Box>
  );
}
