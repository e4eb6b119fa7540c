import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router';

import { formatDay, formatInstant } from '../../../lib/days';
import type { AlertInfo } from '../../../lib/wire';

/** One alert: what it says, since when, to whom it was sent, and the way to its budget. */
export function AlertRow({ alert, readOnly, onRead }: { alert: AlertInfo; readOnly: boolean; onRead: (read: boolean) => void }) {
  const { budget, crossedAt, seenAt: raisedAt, message, sentTo, readBy } = alert;
  const unread = readBy === '';
  const facts = [`Reached on ${formatDay(crossedAt)}`, `raised ${formatInstant(raisedAt)}`, sentTo.length > 0 ? `sent to ${sentTo.join(', ')}` : 'not sent', unread ? '' : `read by ${readBy}`];
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, px: 2.25, py: 1.25, '& + &': { borderTop: 1, borderColor: 'tone.line2' } }}>
      <Box aria-hidden sx={{ width: 8, height: 8, borderRadius: '50%', flex: 'none', bgcolor: unread ? 'primary.main' : 'transparent' }} />
      <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
        <Typography sx={{ fontWeight: unread ? 600 : 450, overflowWrap: 'anywhere' }}>{message}</Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {unread && 'Unread · '}
          {facts.filter(Boolean).join(' · ')}
        </Typography>
      </Box>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="outlined" component={Link} to={{ pathname: '/budgets', search: `?${new URLSearchParams({ budget, 'period-of': alert.period }).toString()}` }} aria-label={`Open ${budget}, ${alert.period}`}>
          Open budget
        </Button>
        <Button variant="text" disabled={readOnly} onClick={() => onRead(unread)} aria-label={`${unread ? 'Mark as read' : 'Mark as unread'}: ${message}`}>
          {unread ? 'Mark as read' : 'Mark as unread'}
        </Button>
      </Box>
    </Box>
  );
}
