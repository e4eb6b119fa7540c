import ListIcon from '@mui/icons-material/FormatListBulletedRounded';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { Link, type To } from 'react-router';

/** Leads to the charge lines behind a figure. */
export function LinesLink({ to, name }: { to: To; name: string }) {
  return (
    <Tooltip title="Show the charge lines">
      <IconButton component={Link} to={to} size="small" aria-label={`Charge lines of ${name}`} onClick={(event) => event.stopPropagation()} sx={{ width: 24, height: 24, p: 0, color: 'text.disabled', '&:hover': { color: 'text.primary' } }}>
        <ListIcon sx={{ fontSize: 15 }} />
      </IconButton>
    </Tooltip>
  );
}
