import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

type FigureFieldProps = { label: string; hint: string; value: string; error: string; amount?: boolean; focused?: boolean; onChange: (text: string) => void };

/** One field beside its name; below it, why it cannot be read, or what it means. `focused` has the keyboard there when it appears. */
export function FigureField({ label, hint, value, error, amount = false, focused = false, onChange }: FigureFieldProps) {
  const id = useId();
  const help = error || hint;
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '104px minmax(0, 1fr)', columnGap: 1, alignItems: 'center' }}>
      <Typography component="label" htmlFor={id} sx={{ color: 'text.secondary' }}>
        {label}
      </Typography>
      <OutlinedInput
        id={id}
        size="small"
        autoFocus={focused}
        value={value}
        error={error !== ''}
        onChange={(event) => onChange(event.target.value)}
        inputProps={{ inputMode: amount ? 'decimal' : undefined, autoComplete: 'off', 'aria-describedby': help === '' ? undefined : `${id}-help`, style: amount ? { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } : undefined }}
      />
      {help !== '' && (
        <Typography id={`${id}-help`} variant="body2" role={error === '' ? undefined : 'alert'} sx={{ gridColumn: 2, color: error === '' ? 'text.secondary' : 'error.main', mt: 0.25, overflowWrap: 'anywhere' }}>
          {help}
        </Typography>
      )}
    </Box>
  );
}
