import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { Controller, useFormContext } from 'react-hook-form';

import type { BudgetValues } from '../form';

/** Something of the form that is so or not. */
export function FormSwitch({ name, label }: { name: 'rollOver' | 'weeks'; label: string }) {
  const { control } = useFormContext<BudgetValues>();
  return <Controller control={control} name={name} render={({ field: { value, onChange, ...field } }) => <FormControlLabel control={<Switch size="small" {...field} checked={value} onChange={(_event, on) => onChange(on)} />} label={label} sx={{ ml: 0, gap: 1 }} />} />;
}
