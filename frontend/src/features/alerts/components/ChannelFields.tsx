import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { Controller, useFormContext, useWatch } from 'react-hook-form';

import { channelKinds, type ChannelValues } from '../model';

function Text({ name, label, helper, type }: { name: Exclude<keyof ChannelValues, 'kind' | 'tls'>; label: string; helper?: string; type?: 'password' }) {
  const { register, getFieldState, formState } = useFormContext<ChannelValues>();
  const problem = getFieldState(name, formState).error?.message;
  return <TextField size="small" fullWidth label={label} type={type} error={problem !== undefined} helperText={problem ?? helper} slotProps={{ htmlInput: { ...register(name), autoComplete: 'off' } }} />;
}

function Choice({ name, label, choices }: { name: 'kind' | 'tls'; label: string; choices: { value: string; label: string }[] }) {
  const { control } = useFormContext<ChannelValues>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <TextField {...field} select size="small" fullWidth label={label}>
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

/** The fields that the chosen kind of channel has. */
export function ChannelFields() {
  const { control } = useFormContext<ChannelValues>();
  const kind = useWatch({ control, name: 'kind' });
  const known = channelKinds.find(({ value }) => value === kind);
  return (
    <>
      <Choice name="kind" label="Kind" choices={channelKinds} />
      <Text name="name" label="Name" helper="As the delivery log shows it" />
      {kind === 'json' && <Text name="url" label="Address" helper="https://example.com/hook" />}
      {kind === 'smtp' && (
        <>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 2fr) minmax(0, 1fr)' } }}>
            <Text name="host" label="SMTP server" helper="smtp.example.com" />
            <Text name="port" label="Port" helper="Leave empty for the default" />
          </Box>
          <Choice
            name="tls"
            label="Encryption"
            choices={[
              { value: 'starttls', label: 'STARTTLS' },
              { value: 'tls', label: 'TLS from the start' },
            ]}
          />
          <Text name="from" label="From" helper="The sender of the e-mails" />
          <Text name="to" label="To" helper="One or more addresses, separated by commas" />
          <Text name="user" label="User" helper="Leave empty if the server needs no sign-in" />
        </>
      )}
      <Text name="secret" label={known?.secret ?? 'Secret'} helper={known?.helper} type="password" />
    </>
  );
}
