import SavingsIcon from '@mui/icons-material/SavingsOutlined';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { formatCounted } from '../../../lib/money';
import { useWaste } from '../../../parts/waste';
import { Money } from '../../../ui/Money';

/** What could be saved of the whole bill, and the way there. */
export function WasteNote({ currency }: { currency: string }) {
  const { data } = useWaste();
  if (!data) return null;
  const total = data.totals.find((one) => one.currency === currency);
  if (data.known && (!total || total.findings === 0)) return null;
  return (
    <Button component={Link} to={`/savings?currency=${encodeURIComponent(currency)}`} variant="text" size="small" startIcon={<SavingsIcon />} sx={{ ml: 'auto' }}>
      {total ? (
        <span>
          <Money amount={total.net} currency={currency} /> {currency} a month could be saved, {formatCounted(total.findings, 'finding')}
        </span>
      ) : (
        'Look for savings'
      )}
    </Button>
  );
}
