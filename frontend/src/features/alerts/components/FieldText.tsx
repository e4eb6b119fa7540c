import TextField from '@mui/material/TextField';
import { type FieldPath, type FieldValues, useFormContext } from 'react-hook-form';

type FieldTextProps<Values extends FieldValues> = { name: FieldPath<Values>; label: string; helper?: string; type?: 'password'; disabled?: boolean };

/** A line of text of a form, with what is wrong with it below. */
export function FieldText<Values extends FieldValues>({ name, label, helper, type, disabled = false }: FieldTextProps<Values>) {
  const { register, getFieldState, formState } = useFormContext<Values>();
  const problem = getFieldState(name, formState).error?.message;
  return <TextField size="small" fullWidth label={label} type={type} disabled={disabled} error={problem !== undefined} helperText={problem ?? helper} slotProps={{ htmlInput: { ...register(name), autoComplete: 'off' } }} />;
}
