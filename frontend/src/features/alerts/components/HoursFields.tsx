import Box from '@mui/material/Box';

import type { ChannelHours } from '../../../lib/wire';
import { FieldText } from './FieldText';

const Text = FieldText<ChannelHours>;

/** When a channel sends: the daily digest and the quiet hours. */
export function HoursFields() {
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(3, minmax(0, 1fr))' } }}>
      <Text name="digest" label="Daily digest at" helper="Such as 08:00. Empty: sent at once" />
      <Text name="quietFrom" label="Quiet from" helper="Such as 20:00. Empty: no quiet hours" />
      <Text name="quietTo" label="Quiet until" helper="Such as 07:00" />
    </Box>
  );
}
