import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormContext, useWatch } from 'react-hook-form';

import { channelKinds, type ChannelValues } from '../model';
import { FieldChoice } from './FieldChoice';
import { FieldText } from './FieldText';
import { HoursFields } from './HoursFields';

const Text = FieldText<ChannelValues>;
const Choice = FieldChoice<ChannelValues>;

/** The fields that the chosen kind of channel has, and when it sends. */
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
      {kind === 'desktop' ? (
        <Typography sx={{ color: 'text.secondary' }}>Shown on the computer where this window is open, or where the command <code>alerts deliver</code> runs.</Typography>
      ) : (
        <Text name="secret" label={known?.secret ?? 'Secret'} helper={known?.helper} type="password" />
      )}
      <HoursFields />
    </>
  );
}
