import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { EmptyState } from '../ui/EmptyState';

/** An address no page answers to. */
export function NotFoundPage() {
  return (
    <EmptyState
      title="There is no such page"
      action={
        <Button variant="outlined" component={Link} to="/">
          Go to the overview
        </Button>
      }
    />
  );
}
