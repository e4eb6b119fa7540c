import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import IconButton from '@mui/material/IconButton';
import { type ReactNode } from 'react';

type Move = { label: string; icon: ReactNode; disabled: boolean; onMove: () => void };

type ColumnChoiceProps = {
  column: { id: string; header: string };
  checked: boolean;
  disabled?: boolean;
  onToggle: () => void;
  moves?: Move[];
};

/** One line of the column chooser: the plain name, the name in the files, and its place. */
export function ColumnChoice({ column, checked, disabled = false, onToggle, moves = [] }: ColumnChoiceProps) {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', borderRadius: '6px', '&:hover': { bgcolor: 'tone.selected' } }}>
      <Box component="label" sx={{ display: 'flex', alignItems: 'center', flex: 1, minWidth: 0, cursor: 'pointer' }}>
        <Checkbox size="small" checked={checked} disabled={disabled} onChange={onToggle} sx={{ p: 0.75 }} />
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontSize: '0.8125rem' }}>
          {column.header}
          {column.header !== column.id && (
            <Box component="span" sx={{ color: 'text.secondary', ml: 0.75, fontSize: '0.75rem' }}>
              {column.id}
            </Box>
          )}
        </Box>
      </Box>
      {moves.map((move) => (
        <IconButton key={move.label} size="small" aria-label={move.label} disabled={move.disabled} onClick={move.onMove}>
          {move.icon}
        </IconButton>
      ))}
    </Box>
  );
}
