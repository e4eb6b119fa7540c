import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { EmptyState } from '../ui/EmptyState';
import { PageBody } from '../ui/PageBody';
import { PageHeader } from '../ui/PageHeader';

/** An address no page answers to. */
export function NotFoundPage() {
  return (
    <PageBody>
      <PageHeader title="Page not found" />
      <EmptyState
        title="There is no such page"
        action={
          <Button variant="outlined" component={Link} to="/">
            Go to the overview
          </Button>
        }
      />
    </PageBody>
  );
}
