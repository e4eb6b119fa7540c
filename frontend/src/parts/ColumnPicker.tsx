import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import ListSubheader from '@mui/material/ListSubheader';
import TextField from '@mui/material/TextField';

import { type ColumnEntry } from './columns';

type ColumnPickerProps = {
  label: string;
  /** The id of the chosen column; "" = none. */
  value: string;
  columns: ColumnEntry[];
  onChange: (column: string) => void;
  autoFocus?: boolean;
  /** Whether the label is above the field; else it is only for screen readers. */
  labelled?: boolean;
};

/** The list lies on other surfaces of the same colour: it needs an edge. */
export const listSlot = { paper: { sx: { border: 1, borderColor: 'divider', borderRadius: '10px', boxShadow: '0 10px 34px rgb(0 0 0 / 16%)', mt: 0.5 } }, popper: { sx: { minWidth: 340 }, placement: 'bottom-start' as const } };

function matching(columns: ColumnEntry[], { inputValue }: { inputValue: string }): ColumnEntry[] {
  const needle = inputValue.trim().toLowerCase();
  return columns.filter(({ id, label }) => id.toLowerCase().includes(needle) || label.toLowerCase().includes(needle));
}

/** One column of the ledger, found by its readable name or by that of FOCUS. */
export function ColumnPicker({ label, value, columns, onChange, autoFocus = false, labelled = false }: ColumnPickerProps) {
  const chosen = columns.find(({ id }) => id === value) ?? (value === '' ? null : { id: value, label: value, group: '', kind: 'open' as const });
  return (
    <Autocomplete
      size="small"
      fullWidth
      autoHighlight
      openOnFocus={autoFocus}
      disableClearable={chosen !== null}
      options={columns}
      value={chosen}
      groupBy={({ group }) => group}
      getOptionKey={({ id }) => id}
      getOptionLabel={(column) => column.label}
      isOptionEqualToValue={(option, one) => option.id === one.id}
      filterOptions={matching}
      onChange={(_event, column) => {
        if (column) onChange(column.id);
      }}
      noOptionsText="No column has this name."
      slotProps={listSlot}
      renderGroup={({ key, group, children }) => (
        <li key={key} role="group" aria-label={group}>
          <ListSubheader component="div" aria-hidden className="MuiAutocomplete-groupLabel">
            {group}
          </ListSubheader>
          <Box component="ul" role="none" className="MuiAutocomplete-groupUl" sx={{ p: 0 }}>
            {children}
          </Box>
        </li>
      )}
      renderOption={({ key, ...props }, column) => (
        <Box component="li" key={key} {...props} sx={{ display: 'flex', gap: 1.5, fontSize: '0.8125rem' }}>
          <span>{column.label}</span>
          {column.label !== column.id && (
            <Box component="span" sx={{ ml: 'auto !important', color: 'text.secondary', fontSize: '0.75rem', overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {column.id}
            </Box>
          )}
        </Box>
      )}
      renderInput={(input) => (
        <TextField
          {...input}
          autoFocus={autoFocus}
          // What is typed takes the place of the column that is chosen, also where no click brought the focus.
          onFocus={(event) => event.target.select()}
          label={labelled ? label : undefined}
          placeholder="Column"
          slotProps={{ ...input.slotProps, htmlInput: { ...input.slotProps.htmlInput, 'aria-label': label } }}
        />
      )}
    />
  );
}
