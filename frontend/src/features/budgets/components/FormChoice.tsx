import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { Controller, type FieldPath, useFormContext } from 'react-hook-form';

import type { BudgetValues } from '../form';

type FormChoiceProps = { name: FieldPath<BudgetValues>; label: string; choices: { value: string | number; label: string }[]; helper?: string; plain?: boolean };

/** One of a few values of the form. */
export function FormChoice({ name, label, choices, helper, plain = false }: FormChoiceProps) {
  const { control } = useFormContext<BudgetValues>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field, fieldState }) => (
        <TextField
          {...field}
          select
          size="small"
          fullWidth
          label={plain ? undefined : label}
          error={fieldState.error !== undefined}
          helperText={fieldState.error?.message ?? helper}
          slotProps={{ select: { displayEmpty: true, SelectDisplayProps: plain ? { 'aria-label': label } : undefined }, inputLabel: { shrink: true } }}
        >
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
