import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type SyntheticEvent, useState } from 'react';

import type { FigureInput } from '../../../lib/wire';
import { FigureField } from './FigureField';
import { KeyFields } from './KeyFields';

const amounts = [
  { name: 'total', label: 'Total', hint: 'The amount to pay' },
  { name: 'tax', label: 'Tax', hint: '' },
  { name: 'credits', label: 'Credits', hint: 'With a minus: −12.50' },
  { name: 'marketplace', label: 'Marketplace', hint: '0 if it is billed apart' },
  { name: 'other', label: 'Other', hint: 'Support and what else the cost data does not hold' },
] as const;

type FigureFormProps = {
  start: FigureInput;
  saving: boolean;
  error: string;
  /** Shows the fields that name the invoice. */
  naming?: boolean;
  /** Whether another invoice waits. */
  more?: boolean;
  onSave: (input: FigureInput, goOn: boolean) => void;
};

/** The figures of an invoice as decimal text. What cannot be read is told at its field. */
export function FigureForm({ start, saving, error, naming = false, more = false, onSave }: FigureFormProps) {
  const [input, setInput] = useState(start);
  const [named, setNamed] = useState(naming);
  const faulty = amounts.find(({ label }) => error.startsWith(`${label}: `) || (label === 'Total' && error.startsWith('Type the total')) || (label === 'Credits' && error.startsWith('Credits ')));
  const handleSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(input, false);
  };
  return (
    <Box component="form" noValidate onSubmit={handleSubmit} sx={{ display: 'grid', gap: 1.25, mt: 1 }}>
      {named && <KeyFields value={input.key} onChange={(key) => setInput({ ...input, key })} />}
      {amounts.map(({ name, label, hint }) => (
        <FigureField
          key={name}
          label={label}
          hint={hint}
          value={input[name]}
          error={faulty?.name === name ? error.replace(`${label}: `, '') : ''}
          amount
          onChange={(text) => setInput({ ...input, [name]: text })}
        />
      ))}
      <FigureField label="Note" hint="" value={input.note} error="" onChange={(note) => setInput({ ...input, note })} />
      {error !== '' && !faulty && (
        <Typography role="alert" sx={{ color: 'error.main', overflowWrap: 'anywhere' }}>
          {error}
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button type="submit" variant="contained" loading={saving}>
          Save
        </Button>
        {more && (
          <Button variant="outlined" disabled={saving} onClick={() => onSave(input, true)}>
            Save and next
          </Button>
        )}
        {!naming && !named && (
          <Button onClick={() => setNamed(true)} sx={{ ml: 'auto' }}>
            Rename
          </Button>
        )}
      </Box>
    </Box>
  );
}
