import AddIcon from '@mui/icons-material/Add';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useFieldArray, useFormContext } from 'react-hook-form';

import type { BudgetKind } from '../../../lib/wire';
import type { BudgetValues } from '../form';
import { thresholdTexts } from '../model';
import { FormChoice } from './FormChoice';
import { FormText } from './FormText';

const kinds = ['actual', 'forecast', 'pace', 'absolute', 'breach'] as const satisfies readonly BudgetKind[];

const choices = kinds.map((value) => ({ value, label: thresholdTexts[value] }));

/** The thresholds of a budget. */
export function ThresholdsField() {
  const { control } = useFormContext<BudgetValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'thresholds' });
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, pt: 1 }}>
      {fields.map((field, at) => (
        <Box key={field.id} sx={{ display: 'grid', gridTemplateColumns: '96px minmax(0, 1fr) auto', gap: 1, alignItems: 'start' }}>
          <FormText plain name={`thresholds.${at}.percent`} label={`Number of threshold ${at + 1}`} mode="decimal" />
          <FormChoice plain name={`thresholds.${at}.kind`} label={`Kind of threshold ${at + 1}`} choices={choices} />
          <IconButton aria-label={`Remove threshold ${at + 1}`} onClick={() => remove(at)}>
            <CloseIcon fontSize="small" />
          </IconButton>
        </Box>
      ))}
      <Button variant="text" startIcon={<AddIcon />} onClick={() => append({ kind: 'actual', percent: '90' })} sx={{ alignSelf: 'flex-start' }}>
        Add threshold
      </Button>
    </Box>
  );
}
