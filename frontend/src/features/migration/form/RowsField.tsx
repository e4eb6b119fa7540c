import AddIcon from '@mui/icons-material/Add';
import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';

import { labelOf } from '../model/labels';
import { nameOf } from '../model/rules';
import { useFormFacts } from './context';
import { Field } from './Field';
import { type FieldPath, useField } from './useField';

type RowsFieldProps = { path: Exclude<FieldPath, `workloads.${number}.${string}`>; /** What a new row is called: "commitment". */ noun: string; options?: Record<string, { value: string; label: string }[]> };

/** A list of objects, a row each. */
export function RowsField({ path, noun, options = {} }: RowsFieldProps) {
  const { rules } = useFormFacts();
  const { label, helper, value, onChange, problem } = useField(path);
  const rows: unknown[] = Array.isArray(value) ? value : [];
  const fields = rules.members(`${path}[]`).map((rule) => nameOf(rule.path));
  const columns = `repeat(${fields.length}, minmax(0, 1fr)) 40px`;
  return (
    <Box role="group" aria-label={label} sx={{ gridColumn: '1 / -1', minWidth: 0 }}>
      <Typography sx={{ fontWeight: 570, mb: 0.75 }}>{label}</Typography>
      {rows.length > 0 && (
        <Box sx={{ display: 'grid', gridTemplateColumns: columns, gap: 1, alignItems: 'start', mb: 1 }}>
          {fields.map((name) => (
            <Typography key={name} aria-hidden variant="body2" sx={{ color: 'text.secondary' }}>
              {labelOf(`${path}[].${name}`).label}
            </Typography>
          ))}
          <span />
          {rows.map((_row, at) => (
            <Box key={at} sx={{ display: 'contents' }}>
              {fields.map((name) => (
                <Field key={name} path={`${path}.${at}.${name}`} plain options={options[name]} />
              ))}
              <IconButton aria-label={`Remove ${noun} ${at + 1}`} onClick={() => onChange(rows.filter((_one, other) => other !== at))}>
                <DeleteIcon fontSize="small" />
              </IconButton>
            </Box>
          ))}
        </Box>
      )}
      <Button size="small" startIcon={<AddIcon />} onClick={() => onChange([...rows, {}])}>
        Add {noun}
      </Button>
      {rows.length === 0 && (problem ?? helper) !== undefined && <FormHelperText error={problem !== undefined}>{problem ?? helper}</FormHelperText>}
      {rows.length > 0 && problem !== undefined && <FormHelperText error>{problem}</FormHelperText>}
    </Box>
  );
}
