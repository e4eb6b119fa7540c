import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

import { describeNamedAccount, type ValueNames } from '../../lib/accountNames';
import { formatCounted, formatMoney } from '../../lib/money';
import { noValueLabel } from '../../ui/columnLabel';
import { useLedgerView } from '../../ui/view/ledgerView';
import { listSlot } from '../ColumnPicker';
import { useColumnValues, type ValueChoice } from './queries';

type ValuePickerProps = { column: string; values: (string | null)[]; nameOf: ValueNames; onChange: (values: (string | null)[]) => void };

type Choice = { value: string | null; label: string; known?: ValueChoice };

/** Values of a column, offered with the lines and the cost that have them; any other text can be typed. */
export function ValuePicker({ column, values, nameOf, onChange }: ValuePickerProps) {
  const { currency } = useLedgerView();
  const [text, setText] = useState('');
  const offered = useColumnValues(column, text);

  const choice = (value: string | null, known?: ValueChoice): Choice => ({ value, label: value === null ? noValueLabel(column) : describeNamedAccount(value, nameOf(column, value)), known });
  const options = (offered.data?.choices ?? []).map((one) => choice(one.value, one));
  const more = (offered.data?.groups ?? 0) - options.length;

  return (
    <Autocomplete
      multiple
      freeSolo
      fullWidth
      autoHighlight
      disableCloseOnSelect
      filterSelectedOptions
      size="small"
      limitTags={4}
      options={options}
      loading={offered.isFetching}
      value={values.map((value) => choice(value))}
      inputValue={text}
      onInputChange={(_event, next) => setText(next)}
      getOptionLabel={(option) => (typeof option === 'string' ? option : option.label)}
      getOptionKey={(option) => JSON.stringify(typeof option === 'string' ? option : option.value)}
      isOptionEqualToValue={(option, one) => typeof one !== 'string' && option.value === one.value}
      onChange={(_event, next) => onChange([...new Set(next.map((entry) => (typeof entry === 'string' ? entry.trim() : entry.value)))])}
      slotProps={listSlot}
      renderOption={({ key, ...props }, { label, value, known }) => (
        <Box component="li" key={key} {...props} sx={{ display: 'flex', gap: 1.5, fontSize: '0.8125rem' }}>
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', color: value === null ? 'text.secondary' : 'inherit' }}>
            {label}
          </Box>
          {known && (
            <Box component="span" sx={{ ml: 'auto !important', pl: 2, color: 'text.secondary', fontSize: '0.75rem', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
              {formatMoney(known.amount, currency)} {currency} · {formatCounted(known.lines, 'line')}
            </Box>
          )}
        </Box>
      )}
      renderInput={(input) => (
        <TextField
          {...input}
          placeholder={values.length === 0 ? 'Values' : ''}
          helperText={offered.isError ? 'The values could not be listed. Type one and press Enter.' : more > 0 && text === '' ? `The ${options.length} with the highest cost. Type to find others.` : undefined}
          slotProps={{ ...input.slotProps, htmlInput: { ...input.slotProps.htmlInput, 'aria-label': 'Values' } }}
        />
      )}
    />
  );
}
