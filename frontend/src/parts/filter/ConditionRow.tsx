import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

import { type ValueNames } from '../../lib/accountNames';
import { ColumnPicker } from '../ColumnPicker';
import { type ColumnEntry, entryOf } from '../columns';
import { type DraftRow, hasValues, isExact, type Relation, relationLabel, relationsOf, takesOne } from './draft';
import { TextValues } from './TextValues';
import { ValuePicker } from './ValuePicker';

type ConditionRowProps = { row: DraftRow; columns: ColumnEntry[]; nameOf: ValueNames; onChange: (row: DraftRow) => void; onRemove: () => void };

/** One condition: column, relation and values. */
export function ConditionRow({ row, columns, nameOf, onChange, onRemove }: ConditionRowProps) {
  const entry = entryOf(columns, row.column);
  const relations = relationsOf(entry.kind);
  const offered = relations.includes(row.relation) ? relations : [row.relation, ...relations];

  const handleColumn = (column: string) => {
    const fitting = relationsOf(entryOf(columns, column).kind);
    onChange({ ...row, column, relation: fitting.includes(row.relation) ? row.relation : 'in', values: [] });
  };
  const handleRelation = (relation: Relation) => {
    const kept = hasValues(relation) ? row.values.filter((value) => value !== null || isExact(relation)) : [];
    onChange({ ...row, relation, values: takesOne(relation) ? kept.slice(0, 1) : kept });
  };

  return (
    <Box role="group" aria-label={`Condition${row.column === '' ? '' : ` on ${entry.label}`}`} sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr) minmax(0, 1fr) auto', md: 'minmax(0, 200px) 172px minmax(0, 1fr) auto' }, gap: 1, alignItems: 'start' }}>
      <ColumnPicker label="Column" value={row.column} columns={columns} onChange={handleColumn} autoFocus={row.column === ''} />
      <TextField
        select
        size="small"
        value={row.relation}
        onChange={(event) => {
          const relation = offered.find((one) => one === event.target.value);
          if (relation) handleRelation(relation);
        }}
        slotProps={{ select: { SelectDisplayProps: { 'aria-label': 'Relation' } } }}
      >
        {offered.map((relation) => (
          <MenuItem key={relation} value={relation}>
            {relationLabel(relation, entry.kind)}
          </MenuItem>
        ))}
      </TextField>
      <Box sx={{ minWidth: 0, gridArea: { xs: '2 / 1 / auto / -1', md: '1 / 3' } }}>
        {hasValues(row.relation) && <Values row={row} entry={entry} nameOf={nameOf} onChange={(values) => onChange({ ...row, values })} />}
      </Box>
      <IconButton aria-label={`Remove the condition${row.column === '' ? '' : ` on ${entry.label}`}`} onClick={onRemove} sx={{ mt: '1px', gridRow: 1, gridColumn: { xs: 3, md: 4 } }}>
        <CloseIcon sx={{ fontSize: 16 }} />
      </IconButton>
    </Box>
  );
}

type ValuesProps = { row: DraftRow; entry: ColumnEntry; nameOf: ValueNames; onChange: (values: (string | null)[]) => void };

function Values({ row, entry, nameOf, onChange }: ValuesProps) {
  const { kind } = entry;
  if (row.column === '') return <TextField size="small" fullWidth disabled placeholder="Values" slotProps={{ htmlInput: { 'aria-label': 'Values' } }} />;
  if (isExact(row.relation) && (kind === 'text' || kind === 'open')) return <ValuePicker column={row.column} values={row.values} nameOf={nameOf} onChange={onChange} />;
  if (!takesOne(row.relation) && (row.values.length > 1 || kind === 'text' || kind === 'open')) {
    return <TextValues values={row.values} placeholder={row.relation.endsWith('matches') ? '^name-[0-9]+$' : 'Text, Enter adds another'} onChange={onChange} />;
  }
  const placeholder = kind === 'number' ? '12.50' : kind === 'day' ? '' : '12.50 or 2026-10-15';
  return (
    <TextField
      size="small"
      fullWidth
      type={kind === 'day' ? 'date' : 'text'}
      placeholder={placeholder}
      value={row.values[0] ?? ''}
      onChange={({ target }) => onChange(target.value.trim() === '' ? [] : [target.value.trim()])}
      slotProps={{ htmlInput: { 'aria-label': kind === 'day' ? 'Day' : 'Value' } }}
    />
  );
}
