import AddIcon from '@mui/icons-material/Add';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

import { type ValueNames } from '../../lib/accountNames';
import { type ColumnEntry } from '../columns';
import { ConditionRow } from './ConditionRow';
import { type DraftGroup, type DraftItem, isGroup, matches, matchLabels, newGroup, newRow } from './draft';

type GroupEditorProps = {
  group: DraftGroup;
  columns: ColumnEntry[];
  nameOf: ValueNames;
  onChange: (group: DraftGroup) => void;
  /** Removes the group; undefined for the outermost. */
  onRemove?: () => void;
};

/** Conditions and groups with what joins them. */
export function GroupEditor({ group, columns, nameOf, onChange, onRemove }: GroupEditorProps) {
  const { match, items } = group;
  const add = (item: DraftItem) => onChange({ ...group, items: [...items, item] });
  const replace = (item: DraftItem) => onChange({ ...group, items: items.map((one) => (one.id === item.id ? item : one)) });
  const remove = (id: string) => onChange({ ...group, items: items.filter((one) => one.id !== id) });
  const inner = onRemove !== undefined;

  return (
    <Box
      role="group"
      aria-label={`${matchLabels[match]} these conditions`}
      sx={{ display: 'flex', flexDirection: 'column', gap: 1, ...(inner && { border: 1, borderColor: 'divider', borderRadius: '9px', p: 1.25, bgcolor: 'background.default' }) }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <TextField
          select
          size="small"
          value={match}
          onChange={(event) => {
            const chosen = matches.find((one) => one === event.target.value);
            if (chosen) onChange({ ...group, match: chosen });
          }}
          slotProps={{ select: { SelectDisplayProps: { 'aria-label': 'Which of the conditions must be met' } } }}
          sx={{ width: 116 }}
        >
          {matches.map((one) => (
            <MenuItem key={one} value={one}>
              {matchLabels[one]}
            </MenuItem>
          ))}
        </TextField>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          these conditions are met
        </Box>
        {inner && (
          <IconButton aria-label="Remove the group" onClick={onRemove} sx={{ ml: 'auto' }}>
            <CloseIcon sx={{ fontSize: 16 }} />
          </IconButton>
        )}
      </Box>
      {items.map((item) =>
        isGroup(item) ? (
          <GroupEditor key={item.id} group={item} columns={columns} nameOf={nameOf} onChange={replace} onRemove={() => remove(item.id)} />
        ) : (
          <ConditionRow key={item.id} row={item} columns={columns} nameOf={nameOf} onChange={replace} onRemove={() => remove(item.id)} />
        ),
      )}
      <Box sx={{ display: 'flex', gap: 0.5 }}>
        <Button variant="text" startIcon={<AddIcon />} onClick={() => add(newRow())}>
          Add condition
        </Button>
        <Button variant="text" startIcon={<AddIcon />} onClick={() => add(newGroup(match === 'any' ? 'all' : 'any'))}>
          Add group
        </Button>
      </Box>
    </Box>
  );
}
