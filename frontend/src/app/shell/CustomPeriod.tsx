import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

import { isDay } from '../../lib/days';

type CustomPeriodProps = { from: string; to: string; action: string; onApply: (from: string, to: string) => void };

/** A period between any two days. */
export function CustomPeriod({ from, to, action, onApply }: CustomPeriodProps) {
  const [first, setFirst] = useState(from);
  const [last, setLast] = useState(to);
  const reversed = isDay(first) && isDay(last) && first > last;
  const valid = isDay(first) && isDay(last) && !reversed;
  return (
    <Box
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onApply(first, last);
      }}
      sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 1.25 }}
    >
      <Box sx={{ display: 'flex', gap: 1 }}>
        <TextField size="small" type="date" label="From" value={first} onChange={(event) => setFirst(event.target.value)} slotProps={{ inputLabel: { shrink: true } }} fullWidth />
        <TextField
          size="small"
          type="date"
          label="To"
          value={last}
          onChange={(event) => setLast(event.target.value)}
          error={reversed}
          slotProps={{ inputLabel: { shrink: true } }}
          fullWidth
        />
      </Box>
      <Button type="submit" variant="outlined" disabled={!valid}>
        {reversed ? 'The first day is after the last' : action}
      </Button>
    </Box>
  );
}
