import ExpandMore from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useId, useState } from 'react';

import { describeCurrency } from '../../../lib/money';
import type { IngestChange } from '../../../lib/wire';
import { useBillingAccountNames, useSubAccountNames } from '../../../parts/accountNames';
import { useExportTable } from '../../../parts/useExportTable';
import { billKey, describeBill } from '../../../lib/bill';
import { changeCurrencies, changesLines, type Cost, costDelta, costOf } from '../../../lib/billChange';
import { ChangeView } from '../../../ui/bills/ChangeView';
import { Change } from '../../../ui/Change';
import { Money } from '../../../ui/Money';
import { usePageParam } from '../../../ui/view/usePageParam';

const costs: readonly Cost[] = ['billed', 'effective'];

/** "Billed 23.50 → 99.75 USD, +76.25", a currency each. */
function Headline({ change }: { change: IngestChange }) {
  if (!changesLines(change)) return 'No change in cost or lines';
  return changeCurrencies(change).map((currency) => (
    <Box component="span" key={currency} sx={{ mr: 2 }}>
      Billed <Money amount={costOf(change.before, currency, 'billed')} currency={currency} /> → <Money amount={costOf(change.now, currency, 'billed')} currency={currency} /> {describeCurrency(currency)}
      {', '}
      <Change delta={costDelta(change.before, change.now, currency, 'billed')} currency={currency} />
    </Box>
  ));
}

function ChangeCard({ change, startsOpen }: { change: IngestChange; startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const [cost, setCost] = usePageParam('cost', costs, 'billed');
  const exportTable = useExportTable();
  const titleId = useId();
  const nameOf = useBillingAccountNames();
  const subNameOf = useSubAccountNames();
  const name = describeBill(change, nameOf(change.billingAccount));
  return (
    <Box component="section" aria-labelledby={titleId} sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', flex: 'none' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 2.25, py: 1.25 }}>
        <Box sx={{ minWidth: 0 }}>
          <Box component="h2" id={titleId} sx={{ typography: 'h2', m: 0, overflowWrap: 'anywhere' }}>
            <bdi>{name}</bdi>
          </Box>
          <Box sx={{ color: 'text.secondary' }}>
            <Headline change={change} />
          </Box>
        </Box>
        <Button aria-expanded={open} aria-label={`${open ? 'Hide' : 'Show'} what changes in ${name}`} endIcon={<ExpandMore sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />} onClick={() => setOpen(!open)} sx={{ ml: 'auto', flex: 'none' }}>
          {open ? 'Hide' : 'Show'}
        </Button>
      </Box>
      {open && (
        <Box sx={{ px: 2.25, pb: 2 }}>
          <ChangeView change={change} cost={cost} nameOf={subNameOf} onCost={setCost} onExport={(file, table, format) => exportTable.mutate({ name: file, table, format })} />
        </Box>
      )}
    </Box>
  );
}

/** What newer exports change, a card for each bill, those without a change last; a few with one are open from the start. */
export function ChangeCards({ changes, startsOpen }: { changes: IngestChange[]; startsOpen: boolean }) {
  const ordered = [...changes.filter(changesLines), ...changes.filter((change) => !changesLines(change))];
  return ordered.map((change, index) => <ChangeCard key={billKey(change)} change={change} startsOpen={startsOpen && changesLines(change) && (index === 0 || changes.length <= 2)} />);
}
