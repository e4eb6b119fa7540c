import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';

import { countryLabel, findCountries } from '../../../lib/countries';
import { optionLabel } from '../model/labels';
import { useFormFacts } from './context';
import { type FieldPath, useField } from './useField';

type FieldProps = { path: FieldPath; /** Its name only for screen readers: a table names it. */ plain?: boolean; /** In place of those of the rule. */ options?: { value: string; label: string }[] };

/** The text of a value, where it is one. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** A field of the profile, drawn by its rule. An empty one has its default, which it shows in grey. */
export function Field(props: FieldProps) {
  const { rules } = useFormFacts();
  const rule = rules.at.get(props.path.replace(/\.\d+(?=\.|$)/g, '[]'));
  if (props.options && rule?.kind !== 'texts') return <ChoiceField {...props} />;
  switch (rule?.kind) {
    case 'bool':
      return <SwitchField {...props} />;
    case 'choice':
      return <ChoiceField {...props} />;
    case 'choices':
    case 'countries':
    case 'texts':
      return <ListField {...props} />;
    case 'country':
      return <CountryField {...props} />;
    case 'number':
    case 'whole':
      return rule.options ? <ChoiceField {...props} /> : <LineField {...props} />;
    case 'text':
    case 'date':
    case 'objects':
    case 'object':
    case 'levels':
    case 'geo':
    case undefined:
      return <LineField {...props} />;
  }
}

function LineField({ path, plain = false }: FieldProps) {
  const { rule, label, helper, value, onChange, onBlur, ref, problem } = useField(path);
  const figure = rule.kind === 'number' || rule.kind === 'whole';
  return (
    <TextField
      size="small"
      fullWidth
      type={rule.kind === 'date' ? 'date' : 'text'}
      label={plain ? undefined : label}
      required={rule.required && !plain}
      value={textOf(value)}
      placeholder={rule.default}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
      inputRef={ref}
      error={problem !== undefined}
      helperText={problem ?? helper}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: { 'aria-label': plain ? label : undefined, inputMode: figure ? 'decimal' : undefined, style: figure ? { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } : undefined },
      }}
    />
  );
}

function ChoiceField({ path, plain = false, options }: FieldProps) {
  const { rule, label, helper, value, onChange, onBlur, ref, problem } = useField(path);
  const choices = options ?? (rule.options ?? []).map((one) => ({ value: one, label: optionLabel(path, one) }));
  const shown = textOf(value) || (rule.default ?? '');
  // What the profile says and no choice has is shown, so that it can be seen to be wrong.
  const all = choices.some((one) => one.value === shown) || shown === '' ? choices : [...choices, { value: shown, label: shown }];
  return (
    <TextField
      select
      size="small"
      fullWidth
      label={plain ? undefined : label}
      required={rule.required && !plain}
      value={shown}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
      inputRef={ref}
      error={problem !== undefined}
      helperText={problem ?? helper}
      slotProps={{ select: { displayEmpty: true, SelectDisplayProps: plain ? { 'aria-label': label } : undefined }, inputLabel: { shrink: true } }}
    >
      {all.map((one) => (
        <MenuItem key={one.value} value={one.value}>
          {one.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

function SwitchField({ path }: FieldProps) {
  const { rule, label, helper, value, onChange, onBlur, problem } = useField(path);
  const on = typeof value === 'boolean' ? value : rule.default === 'true';
  return (
    <Box>
      <FormControlLabel control={<Switch size="small" checked={on} onBlur={onBlur} onChange={(_event, next) => onChange(next)} />} label={label} sx={{ ml: 0, gap: 1, minHeight: 40 }} />
      {(problem ?? helper) !== undefined && <FormHelperText error={problem !== undefined}>{problem ?? helper}</FormHelperText>}
    </Box>
  );
}

function CountryField({ path, plain = false }: FieldProps) {
  const { form } = useFormFacts();
  const { label, value, onChange, onBlur, problem } = useField(path);
  return (
    <Autocomplete
      size="small"
      autoHighlight
      options={form.countries}
      getOptionLabel={countryLabel}
      filterOptions={(codes, { inputValue }) => findCountries(codes, inputValue)}
      value={textOf(value) || null}
      onChange={(_event, next) => onChange(next ?? '')}
      onBlur={onBlur}
      renderInput={(params) => <TextField {...params} label={plain ? undefined : label} error={problem !== undefined} helperText={problem} slotProps={plain ? { htmlInput: { ...params.slotProps.htmlInput, 'aria-label': label } } : params.slotProps} />}
    />
  );
}

/** Several values, each once. What is not offered can be typed where the rule allows any text. */
function ListField({ path, options }: FieldProps) {
  const { form } = useFormFacts();
  const { rule, label, helper, value, onChange, onBlur, problem } = useField(path);
  const countries = rule.kind === 'countries' && options === undefined;
  const offered = options ?? (countries ? form.countries.map((one) => ({ value: one, label: countryLabel(one) })) : (rule.options ?? []).map((one) => ({ value: one, label: optionLabel(path, one) })));
  // No list of required choices means all of them.
  const chosen = value === undefined && rule.kind === 'choices' && rule.min !== undefined ? (rule.options ?? []) : textsOf(value);
  const nameOf = (one: string) => offered.find((option) => option.value === one)?.label ?? one;
  return (
    <Autocomplete
      multiple
      size="small"
      freeSolo={rule.kind === 'texts' && options === undefined}
      filterSelectedOptions
      autoHighlight={rule.kind !== 'texts'}
      options={offered.map((one) => one.value)}
      filterOptions={countries ? (codes, { inputValue }) => findCountries(codes, inputValue) : undefined}
      getOptionLabel={nameOf}
      value={chosen}
      onChange={(_event, next) => onChange(next)}
      onBlur={onBlur}
      renderInput={(params) => <TextField {...params} label={label} required={rule.required} error={problem !== undefined} helperText={problem ?? helper} slotProps={{ ...params.slotProps, inputLabel: { ...params.slotProps.inputLabel, shrink: true } }} />}
    />
  );
}
