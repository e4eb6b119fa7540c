import Box from '@mui/material/Box';

import type { ChannelHours } from '../../../lib/wire';
import { FieldText } from './FieldText';

const Text = FieldText<ChannelHours>;

/** When a channel sends: the daily digest and the quiet hours. */
export function HoursFields() {
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(3, minmax(0, 1fr))' } }}>
      <Text name="digest" label="Daily digest at" helper="08:00; empty: at once" />
      <Text name="quietFrom" label="Quiet from" helper="20:00; empty: never" />
      <Text name="quietTo" label="Quiet until" helper="07:00" />
    </Box>
  );
}
