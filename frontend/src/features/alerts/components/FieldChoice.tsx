import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { Controller, type FieldPath, type FieldValues, useFormContext } from 'react-hook-form';

type FieldChoiceProps<Values extends FieldValues> = { name: FieldPath<Values>; label: string; choices: { value: string; label: string }[]; helper?: string; disabled?: boolean };

/** One of several choices of a form. */
export function FieldChoice<Values extends FieldValues>({ name, label, choices, helper, disabled = false }: FieldChoiceProps<Values>) {
  const { control } = useFormContext<Values>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState: { error } }) => (
        <TextField {...field} select size="small" fullWidth label={label} disabled={disabled} error={error !== undefined} helperText={error?.message ?? helper} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
          {choices.map((choice) => (
            <MenuItem key={choice.value} value={choice.value}>
              {choice.label}
            </MenuItem>
          ))}
        </TextField>
      )}
    />
  );
}
