import Button from '@mui/material/Button';
import { Link } from 'react-router';

/** The way to the charge lines behind a figure. */
export function LinesButton({ search }: { search: string }) {
  return (
    <Button component={Link} to={{ pathname: '/charges', search: `?${search}` }} variant="outlined">
      Show charge lines
    </Button>
  );
}
