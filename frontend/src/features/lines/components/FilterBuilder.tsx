import FilterListIcon from '@mui/icons-material/FilterList';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { useState } from 'react';

import { type ValueNames } from '../../../lib/accountNames';
import type { Condition } from '../../../lib/wire';
import { type LinesScope } from '../queries';
import { FilterForm } from './FilterForm';

type FilterBuilderProps = {
  /** Columns and tags that can be filtered by. */
  columns: { id: string; header: string }[];
  nameOf: ValueNames;
  scope: LinesScope;
  onAdd: (condition: Condition) => void;
};

/** The button that opens the form of a new filter. */
export function FilterBuilder({ columns, nameOf, scope, onAdd }: FilterBuilderProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button variant="outlined" startIcon={<FilterListIcon />} aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        Filter
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Add a filter', sx: { width: 400 } } }}
      >
        <Box sx={{ p: 2 }}>
          <FilterForm
            columns={columns}
            nameOf={nameOf}
            scope={scope}
            onAdd={(condition) => {
              setAnchor(null);
              onAdd(condition);
            }}
          />
        </Box>
      </Popover>
    </>
  );
}
