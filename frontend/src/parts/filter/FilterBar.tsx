import FilterListIcon from '@mui/icons-material/FilterList';
import Button from '@mui/material/Button';
import { useState } from 'react';

import { FilterChips } from '../../ui/FilterChips';
import { useLedgerView } from '../../ui/view/ledgerView';
import { useValueNames } from '../accountNames';
import { FilterDialog } from './FilterDialog';

/** The filter of the page: a button that edits it, and what it says. */
export function FilterBar() {
  const view = useLedgerView();
  const nameOf = useValueNames();
  const [editing, setEditing] = useState(false);
  return (
    <>
      <Button variant="outlined" startIcon={<FilterListIcon />} aria-haspopup="dialog" onClick={() => setEditing(true)} sx={{ flex: 'none' }}>
        Filter
      </Button>
      <FilterChips filter={view.filter} nameOf={nameOf} onEdit={() => setEditing(true)} onChange={view.setFilter} />
      {editing && (
        <FilterDialog
          title="Filter"
          initial={view.filter}
          applyLabel="Apply"
          onClose={() => setEditing(false)}
          onApply={(filter) => {
            setEditing(false);
            view.setFilter(filter);
          }}
        />
      )}
    </>
  );
}
