import NotificationsIcon from '@mui/icons-material/NotificationsOutlined';
import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import { Link } from 'react-router';

import { useAlerts } from '../../bridge/queries';
import { formatCounted } from '../../lib/money';

/** The way to the alerts, with how many nobody has read yet; nothing in a workspace without any. */
export function AlertsButton() {
  const alerts = useAlerts().data ?? [];
  if (alerts.length === 0) return null;
  const unread = alerts.filter(({ readBy }) => readBy === '').length;
  const label = unread === 0 ? 'Alerts' : formatCounted(unread, 'unread alert');
  return (
    <IconButton component={Link} to="/alerts" aria-label={label} title={label} size="small">
      <Badge badgeContent={unread} max={99} color="error">
        <NotificationsIcon fontSize="small" />
      </Badge>
    </IconButton>
  );
}
