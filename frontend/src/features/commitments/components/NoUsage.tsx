import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { EmptyState } from '../../../ui/EmptyState';

/** What stands where no bills were imported, or none are in the scope. */
export function NoUsage() {
  return (
    <EmptyState
      title="No usage to look at"
      text="Import the billing files of the client, or choose another scope."
      action={
        <Button variant="contained" component={Link} to="/imports">
          Go to imports
        </Button>
      }
    />
  );
}
