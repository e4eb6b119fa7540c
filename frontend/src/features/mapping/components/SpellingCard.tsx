import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { type ReactNode } from 'react';

import type { Mapping } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { type Choice, Segmented } from '../../../ui/Segmented';

const dates: Choice<Mapping['dates']>[] = [
  { value: '', label: 'Only if unambiguous', hint: 'Only dates that can be read in one way: 2026-10-03, 3 Oct 2026' },
  { value: 'day-first', label: 'Day first', hint: '03/10/2026 is 3 October' },
  { value: 'month-first', label: 'Month first', hint: '10/03/2026 is 3 October' },
  { value: 'unix', label: 'Timestamp', hint: 'Seconds or milliseconds since 1970' },
];

const decimals: Choice<Mapping['decimal']>[] = [
  { value: '', label: 'Only if unambiguous', hint: 'Only numbers that can be read in one way: 1234.5 and 1.234,56, but not 1.234' },
  { value: 'point', label: '1,234.56', hint: 'A point separates the decimals' },
  { value: 'comma', label: '1.234,56', hint: 'A comma separates the decimals' },
];

const signs: Choice<Mapping['sign']>[] = [
  { value: '', label: 'As written', hint: 'Charges are positive and credits negative' },
  { value: 'reversed', label: 'Reversed', hint: 'Charges are negative, as in the books of a bank account' },
];

const effective: Choice<Mapping['effectiveCost']>[] = [
  { value: '', label: 'Billed cost', hint: 'Where no column is chosen for EffectiveCost, it is the same as BilledCost' },
  { value: 'unknown', label: 'Unknown', hint: 'Where no column is chosen for EffectiveCost, it has no value' },
];

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: 0.75, py: 0.5 }}>
      <Typography sx={{ color: 'text.secondary' }}>{label}</Typography>
      {children}
    </Box>
  );
}

/** The format of the dates and numbers of the table. */
export function SpellingCard({ mapping, onChange }: { mapping: Mapping; onChange: (mapping: Mapping) => void }) {
  return (
    <Card title="Number and date format" sub="A line with a value in another format is skipped, never read as something else.">
      <Line label="Dates">
        <Segmented label="Dates" value={mapping.dates} choices={dates} onChange={(value) => onChange({ ...mapping, dates: value })} />
      </Line>
      <Line label="Numbers">
        <Segmented label="Numbers" value={mapping.decimal} choices={decimals} onChange={(value) => onChange({ ...mapping, decimal: value })} />
      </Line>
      <Line label="Sign of the costs">
        <Segmented label="Sign of the costs" value={mapping.sign} choices={signs} onChange={(value) => onChange({ ...mapping, sign: value })} />
      </Line>
      <Line label="If there is no effective cost, use">
        <Segmented label="If there is no effective cost, use" value={mapping.effectiveCost} choices={effective} onChange={(value) => onChange({ ...mapping, effectiveCost: value })} />
      </Line>
    </Card>
  );
}
