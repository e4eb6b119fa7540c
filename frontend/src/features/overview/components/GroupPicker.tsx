import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { useState } from 'react';

import { ColumnPicker } from '../../../parts/ColumnPicker';
import { useColumns } from '../../../parts/columns';
import { type DimensionId, dimensionOf, idOfColumn, usualIds } from '../dimensions';

/** What the bill is taken apart by: a usual thing, a dimension, a tag or any column. */
export function GroupPicker({ value, onChange }: { value: DimensionId; onChange: (id: DimensionId) => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const columns = useColumns();
  const { label, column } = dimensionOf(value);
  const usual = new Set(usualIds.map((id) => dimensionOf(id).column));
  // What is asked for most comes first.
  const ordered = [...columns.filter(({ id }) => usual.has(id)).map((one) => ({ ...one, group: 'Often used' })), ...columns.filter(({ id }) => !usual.has(id))];
  return (
    <>
      <Button variant="text" aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)} endIcon={<ArrowDropDownIcon sx={{ ml: -0.75 }} />} sx={{ fontSize: '0.75rem', whiteSpace: 'nowrap' }}>
        Group by {label.startsWith('Tag ') || column.startsWith('Dim/') ? label : label.toLowerCase()}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Group by', sx: { width: 360 } } }}
      >
        <Box sx={{ p: 1.25 }}>
          <ColumnPicker
            autoFocus
            label="Column to group by"
            value={column}
            columns={ordered}
            onChange={(chosen) => {
              setAnchor(null);
              onChange(idOfColumn(chosen));
            }}
          />
        </Box>
      </Popover>
    </>
  );
}
