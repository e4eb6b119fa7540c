import TextField from '@mui/material/TextField';
import { type FieldPath, useFormContext } from 'react-hook-form';

import type { BudgetValues } from '../form';

type FormTextProps = { name: FieldPath<BudgetValues>; label: string; helper?: string; disabled?: boolean; mode?: 'decimal'; plain?: boolean; autoFocus?: boolean };

/** A text of the form, with what is wrong with it. `plain` has its name only for screen readers: a table names it. */
export function FormText({ name, label, helper, disabled = false, mode, plain = false, autoFocus = false }: FormTextProps) {
  const { register, getFieldState, formState } = useFormContext<BudgetValues>();
  const problem = getFieldState(name, formState).error?.message;
  return (
    <TextField
      size="small"
      fullWidth
      label={plain ? undefined : label}
      disabled={disabled}
      autoFocus={autoFocus}
      error={problem !== undefined}
      helperText={problem ?? helper}
      slotProps={{ htmlInput: { ...register(name), 'aria-label': plain ? label : undefined, inputMode: mode, style: mode === 'decimal' ? { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } : undefined } }}
    />
  );
}
