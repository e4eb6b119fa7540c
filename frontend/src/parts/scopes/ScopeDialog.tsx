import TextField from '@mui/material/TextField';
import { useState } from 'react';

import { toAppError } from '../../bridge/errors';
import type { ScopeInfo } from '../../lib/wire';
import { everything } from '../../lib/filter';
import type { Filter } from '../../lib/wire';
import { ConflictDialog } from '../ConflictDialog';
import { FilterDialog } from '../filter/FilterDialog';
import { useSaveScope } from './queries';

type ScopeDialogProps = {
  /** The scope that is edited; null for a new one. */
  stored: ScopeInfo | null;
  /** The filter to begin with. */
  initial: Filter;
  onClose: () => void;
  onSaved: (name: string) => void;
};

/** Makes or changes a scope: its name and its filter. */
export function ScopeDialog({ stored, initial, onClose, onSaved }: ScopeDialogProps) {
  const [name, setName] = useState(stored?.name ?? '');
  const [wanted, setWanted] = useState<Filter | null>(null);
  const save = useSaveScope();
  const failure = save.error ? toAppError(save.error) : null;
  const text = name.trim();

  const store = (where: Filter, over: ScopeInfo | null) => save.mutate({ name: text, where, stored: over }, { onSuccess: () => onSaved(text) });

  return (
    <>
      <FilterDialog
        title={stored ? 'Edit scope' : 'New scope'}
        initial={initial}
        applyLabel="Save"
        pending={save.isPending}
        disabled={text === ''}
        onClose={onClose}
        onApply={(where) => {
          setWanted(where);
          store(where, stored);
        }}
      >
        <TextField
          autoFocus
          size="small"
          label="Name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={failure !== null && failure.conflict === null}
          helperText={failure?.conflict === null ? failure.message : 'Also for --scope on the command line'}
          slotProps={{ htmlInput: { maxLength: 100 } }}
          sx={{ mt: 1, maxWidth: 420 }}
        />
      </FilterDialog>
      {failure?.conflict && wanted && (
        <ConflictDialog
          what={`the scope ${text}`}
          conflict={failure.conflict}
          pending={save.isPending}
          onClose={save.reset}
          onKeep={onClose}
          onReplace={(version) => store(wanted, version === 0 ? null : { name: text, where: everything, text: '', version, changedAt: '', changedBy: '', problem: '' })}
        />
      )}
    </>
  );
}
