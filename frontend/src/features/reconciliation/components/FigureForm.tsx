import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { type SyntheticEvent, useState } from 'react';

import { useReadOnly, useWorkspacePath } from '../../../bridge/queries';
import type { FigureInput, ReconcileInvoiceDocument } from '../../../lib/wire';
import { keepDrafts, useDrafts } from '../drafts';
import { sameInput } from '../entry';
import { FigureField } from './FigureField';
import { KeyFields } from './KeyFields';

const amounts = [
  { name: 'total', label: 'Total', hint: 'The amount to pay' },
  { name: 'tax', label: 'Tax', hint: '' },
  { name: 'credits', label: 'Credits', hint: 'With a minus: −12.50' },
  { name: 'marketplace', label: 'Marketplace', hint: '0 if billed separately' },
  { name: 'other', label: 'Other', hint: 'Support and other items that the cost data does not have' },
] as const;

type FigureFormProps = {
  /** Names the draft of what is typed. */
  name: string;
  /** What is stored now. */
  stored: FigureInput;
  saving: boolean;
  error: string;
  /** Shows the fields that name the invoice. */
  naming?: boolean;
  /** Whether the amount of another invoice is missing. */
  more?: boolean;
  /** All invoices, for the lists of providers, accounts and currencies. */
  known: ReconcileInvoiceDocument[];
  onSave: (input: FigureInput, goOn: boolean) => void;
};

/** The amounts of an invoice as decimal text. What is typed is kept until it is saved or discarded. */
export function FigureForm({ name, stored, saving, error, naming = false, more = false, known, onSave }: FigureFormProps) {
  const workspace = useWorkspacePath();
  const readOnly = useReadOnly();
  const draft = useDrafts(workspace)[name];
  const input = draft ?? stored;
  const [named, setNamed] = useState(naming);
  const faulty = amounts.find(({ label }) => error.startsWith(`${label}: `) || (label === 'Credits' && error.startsWith('Credits ')));
  const change = (next: FigureInput) => keepDrafts(workspace, { [name]: sameInput(next, stored) ? null : next });
  const handleSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave(input, false);
  };
  return (
    <Box component="form" noValidate onSubmit={handleSubmit} sx={{ display: 'grid', gap: 1.25, mt: 1 }}>
      {named && <KeyFields value={input.key} known={known} onChange={(key) => change({ ...input, key })} />}
      {amounts.map(({ name: field, label, hint }) => (
        <FigureField
          key={field}
          label={label}
          hint={hint}
          value={input[field]}
          error={faulty?.name === field ? error.replace(`${label}: `, '') : ''}
          amount
          focused={field === 'total' && !naming && stored.total === '' && !readOnly}
          onChange={(text) => change({ ...input, [field]: text })}
        />
      ))}
      <FigureField label="Note" hint="" value={input.note} error="" onChange={(note) => change({ ...input, note })} />
      {error !== '' && !faulty && (
        <Typography role="alert" sx={{ color: 'error.main', overflowWrap: 'anywhere' }}>
          {error}
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button type="submit" variant="contained" loading={saving} disabled={readOnly}>
          Save
        </Button>
        {more && (
          <Button variant="outlined" disabled={saving || readOnly} onClick={() => onSave(input, true)}>
            Save and next
          </Button>
        )}
        {!naming && !named && (
          <Button onClick={() => setNamed(true)} sx={{ ml: 'auto' }}>
            Edit invoice number
          </Button>
        )}
      </Box>
      {draft && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <Typography variant="body2" role="status" sx={{ color: 'text.secondary' }}>
            Not saved yet
          </Typography>
          <Button sx={{ ml: 'auto' }} onClick={() => keepDrafts(workspace, { [name]: null })}>
            Discard
          </Button>
        </Box>
      )}
    </Box>
  );
}
