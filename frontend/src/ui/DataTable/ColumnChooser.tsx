import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import ViewColumnOutlined from '@mui/icons-material/ViewColumnOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { ColumnChoice } from './ColumnChoice';

export type ChoosableColumn = { id: string; header: string };

type ColumnChooserProps = {
  columns: ChoosableColumn[];
  /** Ids of the columns on the screen, in order. */
  chosen: string[];
  onChange: (chosen: string[]) => void;
  onReset: () => void;
};

function matches(column: ChoosableColumn, search: string): boolean {
  const needle = search.trim().toLowerCase();
  return column.header.toLowerCase().includes(needle) || column.id.toLowerCase().includes(needle);
}

function moved(chosen: string[], id: string, by: number): string[] {
  const from = chosen.indexOf(id);
  const next = chosen.filter((other) => other !== id);
  next.splice(Math.max(0, from + by), 0, id);
  return next;
}

/** Which columns a table shows, and in which order. */
export function ColumnChooser({ columns, chosen, onChange, onReset }: ColumnChooserProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [search, setSearch] = useState('');
  const found = columns.filter((column) => matches(column, search));
  const shown = chosen.flatMap((id) => found.filter((column) => column.id === id));
  const hidden = found.filter((column) => !chosen.includes(column.id));

  return (
    <>
      <Button variant="outlined" startIcon={<ViewColumnOutlined />} aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        Columns
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Choose columns', sx: { width: 340 } } }}
      >
        <Box sx={{ p: 1.5, pb: 1, display: 'flex', gap: 1 }}>
          <TextField
            autoFocus
            fullWidth
            size="small"
            placeholder={`Find among ${columns.length} columns`}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            slotProps={{ htmlInput: { 'aria-label': 'Find a column' } }}
          />
          <Button variant="text" onClick={onReset}>
            Reset
          </Button>
        </Box>
        <Box sx={{ maxHeight: 420, overflow: 'auto', px: 0.75, pb: 1 }} tabIndex={-1}>
          {shown.length > 0 && <GroupTitle text="Shown" />}
          {shown.map((column) => (
            <ColumnChoice
              key={column.id}
              column={column}
              checked
              // The last column cannot be taken away: a table without columns says nothing.
              disabled={chosen.length === 1}
              onToggle={() => onChange(chosen.filter((id) => id !== column.id))}
              moves={[
                { label: `Move ${column.header} to the left`, icon: <ArrowUpward sx={{ fontSize: 15 }} />, disabled: chosen[0] === column.id, onMove: () => onChange(moved(chosen, column.id, -1)) },
                { label: `Move ${column.header} to the right`, icon: <ArrowDownward sx={{ fontSize: 15 }} />, disabled: chosen.at(-1) === column.id, onMove: () => onChange(moved(chosen, column.id, 1)) },
              ]}
            />
          ))}
          {hidden.length > 0 && <GroupTitle text="Not shown" />}
          {hidden.map((column) => (
            <ColumnChoice key={column.id} column={column} checked={false} onToggle={() => onChange([...chosen, column.id])} />
          ))}
          {found.length === 0 && <Typography sx={{ p: 1.5, color: 'text.secondary' }}>No column has this name.</Typography>}
        </Box>
      </Popover>
    </>
  );
}

function GroupTitle({ text }: { text: string }) {
  return (
    <Typography component="h3" variant="caption" sx={{ display: 'block', px: 1, pt: 1, pb: 0.5, color: 'text.secondary', fontWeight: 600 }}>
      {text}
    </Typography>
  );
}
