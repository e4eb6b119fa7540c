import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useId } from 'react';
import { Controller, useFormContext, useWatch } from 'react-hook-form';

import type { ConnectorOption } from '../../../lib/wire';
import type { ConnectionValues } from '../form';
import { useChoosePath } from '../queries';

type OptionFieldProps = {
  option: ConnectorOption;
  /** The keychain has the secret, which is never shown. */
  kept: boolean;
  /** It has the focus when it comes. */
  focused?: boolean;
};

/** What a person says of one option, with its help. */
export function OptionField({ option, kept, focused = false }: OptionFieldProps) {
  return option.switch ? <SwitchField option={option} /> : <TextOption option={option} kept={kept} focused={focused} />;
}

/** An option that is on or off. */
function SwitchField({ option }: Pick<OptionFieldProps, 'option'>) {
  const { control } = useFormContext<ConnectionValues>();
  const helpId = useId();
  return (
    <Controller
      control={control}
      name={`options.${option.name}`}
      render={({ field: { ref, value, onChange, ...field } }) => (
        <Box>
          <FormControlLabel
            control={<Switch size="small" {...field} checked={value === 'on'} onChange={(_, on) => onChange(on ? 'on' : '')} slotProps={{ input: { ref, 'aria-describedby': helpId } }} />}
            label={option.label}
            sx={{ ml: -0.25 }}
          />
          <FormHelperText id={helpId} sx={{ mx: 1.75, mt: 0 }}>
            {option.charge === '' ? option.help : `${option.help} ${option.charge}`}
          </FormHelperText>
        </Box>
      )}
    />
  );
}

function TextOption({ option, kept, focused }: Required<OptionFieldProps>) {
  const { control, register, getFieldState, formState, setValue } = useFormContext<ConnectionValues>();
  const choose = useChoosePath('folder');
  const field = `options.${option.name}` as const;
  const dropped = useWatch({ control, name: `dropped.${option.name}` });
  const problem = getFieldState(field, formState).error?.message;
  const stored = kept && !dropped;
  const example = option.example === '' ? '' : ` Example: ${option.example}`;
  const helper = stored ? 'In the keychain. Leave empty to keep it.' : dropped ? 'Is removed from the keychain when you save.' : `${option.help}${example}`;
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
      <TextField
        size="small"
        fullWidth
        autoFocus={focused}
        label={option.required ? `${option.label} (required)` : option.label}
        type={option.secret ? 'password' : undefined}
        error={problem !== undefined}
        helperText={problem ?? helper}
        slotProps={{ htmlInput: { ...register(field), autoComplete: option.secret ? 'new-password' : 'off', spellCheck: false } }}
      />
      {option.folder && (
        <Button variant="outlined" loading={choose.isPending} onClick={() => choose.mutate(undefined, { onSuccess: (path) => path !== '' && setValue(field, path, { shouldValidate: formState.isSubmitted }) })} aria-label={`Choose ${option.label}`}>
          Choose…
        </Button>
      )}
      {kept && !option.required && (
        <Button variant="text" onClick={() => setValue(`dropped.${option.name}`, !dropped)} aria-label={`${dropped ? 'Keep' : 'Remove'} the stored ${option.label}`}>
          {dropped ? 'Keep' : 'Remove'}
        </Button>
      )}
    </Box>
  );
}
