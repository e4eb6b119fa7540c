import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

import type { ValueFrom } from '../../../lib/wire';
import { ColumnPicker } from '../../../parts/ColumnPicker';
import { useColumns } from '../../../parts/columns';
import { type RuleDraft, takingLabels, takingOf, takings, withTaking } from '../model';

type ValueEditorProps = { rule: RuleDraft; number: number; onChange: (rule: RuleDraft) => void };

const whole: ValueFrom = { column: '', split: '', part: 0, capture: '', lowerCase: false };

/** The value that a rule gives: a text, or taken from a column. */
export function ValueEditor({ rule, number, onChange }: ValueEditorProps) {
  const { from } = rule;
  const of = (what: string) => `${what} of rule ${number}`;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
      <TextField
        select
        size="small"
        value={from ? 'column' : 'text'}
        onChange={(event) => onChange({ ...rule, from: event.target.value === 'column' ? whole : null })}
        slotProps={{ select: { SelectDisplayProps: { 'aria-label': of('Kind of value') } } }}
        sx={{ width: 128 }}
      >
        <MenuItem value="text">is</MenuItem>
        <MenuItem value="column">from column</MenuItem>
      </TextField>
      {from ? (
        <FromFields from={from} of={of} onChange={(next) => onChange({ ...rule, from: next })} />
      ) : (
        <TextField size="small" placeholder="Value" value={rule.value} onChange={(event) => onChange({ ...rule, value: event.target.value })} slotProps={{ htmlInput: { 'aria-label': of('Value') } }} sx={{ flex: 1, minWidth: 120 }} />
      )}
    </Box>
  );
}

function FromFields({ from, of, onChange }: { from: ValueFrom; of: (what: string) => string; onChange: (from: ValueFrom) => void }) {
  const columns = useColumns({ virtual: false });
  const taking = takingOf(from);
  return (
    <>
      <Box sx={{ flex: 1, minWidth: 160 }}>
        <ColumnPicker label={of('Column')} value={from.column} columns={columns} onChange={(column) => onChange({ ...from, column })} />
      </Box>
      <TextField
        select
        size="small"
        value={taking}
        onChange={(event) => {
          const chosen = takings.find((one) => one === event.target.value);
          if (chosen) onChange(withTaking(from, chosen));
        }}
        slotProps={{ select: { SelectDisplayProps: { 'aria-label': of('What is taken') } } }}
        sx={{ width: 132 }}
      >
        {takings.map((one) => (
          <MenuItem key={one} value={one}>
            {takingLabels[one]}
          </MenuItem>
        ))}
      </TextField>
      {taking === 'split' && (
        <>
          <TextField size="small" label="Separator" value={from.split} onChange={(event) => onChange({ ...from, split: event.target.value })} sx={{ width: 90 }} />
          <TextField size="small" type="number" label="Part (−1 = last)" value={from.part} onChange={(event) => onChange({ ...from, part: Math.trunc(Number(event.target.value)) })} sx={{ width: 120 }} />
        </>
      )}
      {taking === 'capture' && <TextField size="small" label="Expression (RE2)" value={from.capture} onChange={(event) => onChange({ ...from, capture: event.target.value })} sx={{ minWidth: 180, flex: 1 }} />}
      <FormControlLabel control={<Checkbox size="small" checked={from.lowerCase} onChange={(event) => onChange({ ...from, lowerCase: event.target.checked })} />} label="lower case" slotProps={{ typography: { variant: 'body2' } }} />
    </>
  );
}
