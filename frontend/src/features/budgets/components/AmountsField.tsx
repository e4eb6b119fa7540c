import AddIcon from '@mui/icons-material/Add';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';

import { type BudgetValues, withAmounts } from '../form';
import { FillAmounts } from './FillAmounts';
import { FormText } from './FormText';
import { PasteAmounts } from './PasteAmounts';

const row = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 36px', gap: 1 } as const;

/** The amounts of a budget by period: by hand, from a total or last year, or pasted from a spreadsheet. */
export function AmountsField() {
  const { control, formState, clearErrors } = useFormContext<BudgetValues>();
  const { fields, append, remove, replace } = useFieldArray({ control, name: 'amounts' });
  const [amounts, currency] = useWatch({ control, name: ['amounts', 'currency'] });
  const [opened, setOpened] = useState<'fill' | 'paste' | null>(null);
  const take = (more: BudgetValues['amounts']) => {
    replace(withAmounts(amounts, more));
    clearErrors('amounts');
    setOpened(null);
  };
  const problem = formState.errors.amounts?.root?.message ?? formState.errors.amounts?.message;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, pt: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button variant="outlined" onClick={() => setOpened('fill')}>
          Fill periods
        </Button>
        <Button variant="outlined" onClick={() => setOpened('paste')}>
          Paste from a spreadsheet
        </Button>
        {fields.length > 1 && (
          <Button variant="text" onClick={() => replace([])}>
            Remove all
          </Button>
        )}
      </Box>
      {fields.length === 0 && (
        <Typography sx={{ color: problem === undefined ? 'text.secondary' : 'error.main' }}>{problem ?? 'Fill the months of a year at once, paste them, or add one period after the other.'}</Typography>
      )}
      {fields.length > 0 && (
        <Box aria-hidden sx={{ ...row, color: 'text.secondary', fontSize: '0.75rem', fontWeight: 500, '& > *': { px: 1.25 }, '& > :last-child': { textAlign: 'right' } }}>
          <span>Period</span>
          <span>Amount, {currency}</span>
        </Box>
      )}
      {fields.map((field, at) => (
        <Box key={field.id} sx={{ ...row, alignItems: 'start' }}>
          <FormText plain name={`amounts.${at}.period`} label={`Period ${at + 1}`} />
          <FormText plain name={`amounts.${at}.amount`} label={`Amount ${at + 1}`} mode="decimal" />
          <IconButton aria-label={`Remove period ${at + 1}`} onClick={() => remove(at)}>
            <CloseIcon fontSize="small" />
          </IconButton>
        </Box>
      ))}
      <Button variant="text" startIcon={<AddIcon />} onClick={() => append({ period: '', amount: '' })} sx={{ alignSelf: 'flex-start' }}>
        Add period
      </Button>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        Periods: 2027-01, 2027-Q1, 2027, FY2027, FY2027-Q1, FY2027-P01 (fiscal), or 2027-01-04/2027-01-31.
      </Typography>
      {opened === 'fill' && <FillAmounts onClose={() => setOpened(null)} onTake={take} />}
      {opened === 'paste' && <PasteAmounts onClose={() => setOpened(null)} onTake={take} />}
    </Box>
  );
}
