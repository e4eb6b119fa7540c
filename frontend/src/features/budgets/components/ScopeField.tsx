import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';

import { isEverything } from '../../../lib/filter';
import { useValueNames } from '../../../parts/accountNames';
import { FilterDialog } from '../../../parts/filter/FilterDialog';
import { describeFilter } from '../../../ui/describeFilter';
import { Segmented } from '../../../ui/Segmented';
import type { BudgetValues } from '../form';
import { FormChoice } from './FormChoice';

/** Which charges count: all, those of a scope, or those of a filter. */
export function ScopeField({ scopes }: { scopes: string[] }) {
  const { control, setValue, formState } = useFormContext<BudgetValues>();
  const problem = formState.errors.where?.message;
  const [of, where] = useWatch({ control, name: ['of', 'where'] });
  const [editing, setEditing] = useState(false);
  const nameOf = useValueNames();
  const choose = (next: BudgetValues['of']) => {
    setValue('of', next);
    if (next === 'filter' && isEverything(where)) setEditing(true);
  };
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: 1.5, pt: 1 }}>
      <Segmented
        label="Charges that count"
        value={of}
        choices={[
          { value: 'all', label: 'All charges' },
          { value: 'scope', label: 'A scope', disabled: scopes.length === 0, hint: scopes.length === 0 ? 'There are no scopes yet: save a filter as a scope on the Overview' : 'Follows the scope when that is changed' },
          { value: 'filter', label: 'A filter' },
        ]}
        onChange={choose}
      />
      {of === 'scope' && <FormChoice name="scope" label="Scope" choices={scopes.map((name) => ({ value: name, label: name }))} />}
      {of === 'filter' && (
        <>
          <Typography sx={{ overflowWrap: 'anywhere' }}>{isEverything(where) ? 'No condition yet' : describeFilter(where, nameOf)}</Typography>
          {typeof problem === 'string' && <Typography role="alert" sx={{ color: 'error.main' }}>{problem}</Typography>}
          <Button variant="outlined" onClick={() => setEditing(true)}>
            Edit filter
          </Button>
        </>
      )}
      {editing && (
        <FilterDialog
          title="Charges of the budget"
          initial={where}
          applyLabel="Apply"
          onClose={() => setEditing(false)}
          onApply={(filter) => {
            setEditing(false);
            setValue('where', filter, { shouldDirty: true, shouldValidate: problem !== undefined });
          }}
        />
      )}
    </Box>
  );
}
