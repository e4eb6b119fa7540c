import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { useAddress } from '../useAddress';

/** The way back from one invoice. */
export function BackToList() {
  const address = useAddress();
  return (
    <Button component={Link} to={address.list} startIcon={<ArrowBackRounded />} sx={{ alignSelf: 'flex-start', ml: -1 }}>
      All invoices
    </Button>
  );
}
