import SavingsIcon from '@mui/icons-material/SavingsOutlined';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { formatMoney } from '../../../lib/money';
import type { ResourceMark } from '../../../lib/wire';

/** Leads from a charge line to what could be saved of its resource. */
export function WasteLink({ mark }: { mark: ResourceMark }) {
  const money = mark.net === null ? '' : `, ${formatMoney(mark.net, mark.currency)} ${mark.currency} a month`;
  return (
    <Button component={Link} to={`/savings?finding=${mark.finding}&currency=${encodeURIComponent(mark.currency)}`} variant="outlined" size="small" startIcon={<SavingsIcon />} sx={{ my: 1, textAlign: 'left' }}>
      {mark.title}
      {money}
      {mark.findings > 1 && ` and ${mark.findings - 1} more`}
    </Button>
  );
}
