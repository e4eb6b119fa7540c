import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Fade from '@mui/material/Fade';
import Popover from '@mui/material/Popover';
import { useState } from 'react';

import { ColumnPicker } from '../../../parts/ColumnPicker';
import { useColumns } from '../../../parts/columns';
import { type DimensionId, dimensionOf, idOfColumn, labelInText, usualIds } from '../dimensions';

type GroupPickerProps = {
  /** Begins the text of the button: "Group by". */
  label: string;
  value: DimensionId;
  onChange: (id: DimensionId) => void;
};

/** What cost is grouped by: a usual thing, a dimension, a tag or any column. */
export function GroupPicker({ label, value, onChange }: GroupPickerProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const columns = useColumns();
  const dimension = dimensionOf(value);
  const usual = usualIds.map((id) => dimensionOf(id));
  // What is asked for most comes first, under the names that the page uses.
  const often = usual.flatMap((one) => columns.filter(({ id }) => id === one.column).map((found) => ({ ...found, label: one.label, group: 'Often used' })));
  const ordered = [...often, ...columns.filter(({ id }) => !usual.some(({ column }) => column === id))];
  return (
    <>
      <Button
        variant="text"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ArrowDropDownIcon sx={{ ml: -0.75 }} />}
        sx={{ fontSize: '0.75rem', textAlign: 'left', overflowWrap: 'anywhere' }}
      >
        {label} {labelInText(dimension)}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        // The list opens at once, and stays where the field was then: under it, unless the field still moves or grows.
        transitionDuration={0}
        slots={{ transition: Fade }}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': label, sx: { width: 360 } } }}
      >
        <Box sx={{ p: 1.25 }}>
          <ColumnPicker
            autoFocus
            label="Column to group by"
            value={dimension.column}
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
