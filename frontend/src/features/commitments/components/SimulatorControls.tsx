import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

import { formatMoney } from '../../../lib/money';
import type { CommitmentPayment, PoolInfo } from '../../../lib/wire';
import { Segmented } from '../../../ui/Segmented';
import { describePool, isDiscount, paymentsOf } from '../model';
import type { useCommitmentsState } from '../useCommitmentsState';

const paymentLabels: Record<CommitmentPayment, string> = { '': '', none: 'Nothing upfront', partial: 'Part upfront', all: 'All upfront' };

type SimulatorControlsProps = { pools: PoolInfo[]; pool: PoolInfo; state: ReturnType<typeof useCommitmentsState> };

/** What is simulated: the pool, the term, the payment and the discount. */
export function SimulatorControls({ pools, pool, state }: SimulatorControlsProps) {
  const [typed, setTyped] = useState(state.discount);
  const wrong = typed !== '' && !isDiscount(typed);
  const sold = paymentsOf(pool.provider);
  const payment = sold.includes(state.payment) ? state.payment : 'none';
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', columnGap: 1.5, rowGap: 1 }}>
      <TextField select size="small" label="Pool" value={pool.id} onChange={(event) => state.setPool(event.target.value)} sx={{ minWidth: 280, flex: '1 1 320px', maxWidth: 560 }}>
        {pools.map((one) => (
          <MenuItem key={one.id} value={one.id}>
            <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {describePool(one)}
            </Box>
            <Box component="span" sx={{ ml: 'auto', pl: 2, color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
              {formatMoney(one.onDemand, one.currency)} {one.currency}
            </Box>
          </MenuItem>
        ))}
      </TextField>
      <Segmented
        label="Term"
        value={state.years === 3 ? '3' : '1'}
        choices={[
          { value: '1', label: '1 year' },
          { value: '3', label: '3 years' },
        ]}
        onChange={(years) => state.setYears(Number(years))}
      />
      {sold.length > 1 && <Segmented label="Payment" value={payment} choices={sold.map((value) => ({ value, label: paymentLabels[value] }))} onChange={state.setPayment} />}
      <TextField
        size="small"
        label="Discount, %"
        placeholder="Price book"
        value={typed}
        error={wrong}
        helperText={wrong ? 'Above 0 and below 100, one decimal at most' : undefined}
        onChange={(event) => {
          const text = event.target.value.trim().replace(',', '.');
          setTyped(text);
          if (text === '' || isDiscount(text)) state.setDiscount(text);
        }}
        slotProps={{ inputLabel: { shrink: true }, htmlInput: { inputMode: 'decimal' } }}
        sx={{ width: 150 }}
      />
    </Box>
  );
}
