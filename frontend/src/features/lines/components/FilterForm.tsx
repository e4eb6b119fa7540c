import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';

import { tellNamedAccount, type ValueNames } from '../../../lib/accountNames';
import type { Condition } from '../../../lib/wire';
import { noValueLabel } from '../../../ui/columnLabel';
import { Segmented } from '../../../ui/Segmented';
import { type LinesScope, useColumnValues } from '../queries';

type FilterFormProps = {
  columns: { id: string; header: string }[];
  nameOf: ValueNames;
  scope: LinesScope;
  onAdd: (condition: Condition) => void;
};

const ops: { value: Condition['op']; label: string }[] = [
  { value: 'in', label: 'is' },
  { value: 'not_in', label: 'is not' },
  { value: 'contains', label: 'contains' },
];

/** The list lies on other surfaces of the same colour: it needs an edge. */
const listSlot = { paper: { sx: { border: 1, borderColor: 'divider', borderRadius: '10px', boxShadow: '0 10px 34px rgb(0 0 0 / 16%)', mt: 0.5 } } };

/** A value of the list; text typed by hand has no entry there. */
type Choice = { value: string | null; label: string };

/** Column, relation and values of one filter. */
export function FilterForm({ columns, nameOf, scope, onAdd }: FilterFormProps) {
  const [column, setColumn] = useState<{ id: string; header: string } | null>(null);
  const [op, setOp] = useState<Condition['op']>('in');
  const [choices, setChoices] = useState<Choice[]>([]);
  const [text, setText] = useState('');
  const values = useColumnValues(op === 'contains' ? '' : (column?.id ?? ''), scope);

  const id = column?.id ?? '';
  const offered: Choice[] = (values.data ?? []).map((value) => ({ value, label: value === null ? noValueLabel(id) : tellNamedAccount(value, nameOf(id, value)) }));
  const wanted: (string | null)[] = op === 'contains' ? (text.trim() === '' ? [] : [text.trim()]) : choices.map((choice) => choice.value);

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (id !== '' && wanted.length > 0) onAdd({ column: id, op, values: wanted });
  };

  return (
    <Box component="form" onSubmit={handleSubmit} sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Autocomplete
        size="small"
        openOnFocus
        slotProps={listSlot}
        options={columns}
        value={column}
        getOptionLabel={(option) => option.header}
        getOptionKey={(option) => option.id}
        isOptionEqualToValue={(option, value) => option.id === value.id}
        filterOptions={(options, { inputValue }) => {
          const needle = inputValue.toLowerCase();
          return options.filter((option) => option.header.toLowerCase().includes(needle) || option.id.toLowerCase().includes(needle));
        }}
        onChange={(_event, next) => {
          setColumn(next);
          setChoices([]);
        }}
        renderInput={(input) => <TextField {...input} autoFocus label="Column" />}
      />
      <Segmented label="Relation" value={op} choices={ops} onChange={setOp} />
      {op === 'contains' ? (
        <TextField size="small" label="Text" value={text} onChange={(event) => setText(event.target.value)} />
      ) : (
        <Autocomplete
          multiple
          freeSolo
          size="small"
          slotProps={listSlot}
          disabled={id === ''}
          loading={values.isFetching}
          options={offered}
          value={choices}
          limitTags={4}
          getOptionLabel={(option) => (typeof option === 'string' ? option : option.label)}
          isOptionEqualToValue={(option, value) => typeof value !== 'string' && option.value === value.value}
          onChange={(_event, next) => setChoices(next.map((entry) => (typeof entry === 'string' ? { value: entry, label: entry } : entry)))}
          renderInput={(input) => (
            <TextField {...input} label="Values" helperText={values.isError ? 'The values could not be listed. Type one and press Enter.' : 'Dearest first. Type to find, Enter takes any text.'} />
          )}
        />
      )}
      <Button type="submit" variant="contained" disabled={id === '' || wanted.length === 0} sx={{ alignSelf: 'flex-end' }}>
        Add filter
      </Button>
    </Box>
  );
}
