import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { type ReactNode, useId } from 'react';

import type { Filter } from '../../lib/wire';
import { useColumns } from '../columns';
import { FilterEditor } from './FilterEditor';
import { useMatched } from './queries';
import { useFilterDraft } from './useFilterDraft';

type FilterDialogProps = {
  title: string;
  initial: Filter;
  applyLabel: string;
  /** Whether the filter may use dimensions that rules make; rules cannot. */
  virtual?: boolean;
  pending?: boolean;
  /** Whether something else than the filter is still missing. */
  disabled?: boolean;
  /** What stands above the filter, such as its name. */
  children?: ReactNode;
  onApply: (filter: Filter) => void;
  onClose: () => void;
};

/** Edits a filter. Mounted only while it is open, so that it begins anew each time. */
export function FilterDialog({ title, initial, applyLabel, virtual = true, pending = false, disabled = false, children, onApply, onClose }: FilterDialogProps) {
  const titleId = useId();
  const columns = useColumns({ virtual });
  const draft = useFilterDraft(initial, { anyColumn: !virtual });
  const matched = useMatched(draft.filter);
  const { filter } = draft;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, minHeight: 'min(260px, 40vh)', '& > *': { flexShrink: 0 } }}>
        {children}
        <FilterEditor draft={draft} columns={columns} />
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="contained" disabled={disabled || filter === null || (virtual && matched.isError)} loading={pending} onClick={() => filter && onApply(filter)}>
          {applyLabel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
