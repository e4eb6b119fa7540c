import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import type { ScopeInfo } from '../../lib/wire';
import { useReadOnly, useScopes } from '../../bridge/queries';
import { describeStart } from '../../lib/instants';
import { describeFilter } from '../../ui/describeFilter';
import { EmptyState } from '../../ui/EmptyState';
import { useValueNames } from '../accountNames';
import { ChangeConflict } from '../ChangeConflict';
import { ExportList } from '../ExportList';
import { useDeleteScope } from './queries';

type ManageScopesProps = { onEdit: (scope: ScopeInfo) => void; onNew: () => void; onDeleted: (name: string) => void; onClose: () => void };

/** The scopes of the workspace, to change and delete them. */
export function ManageScopes({ onEdit, onNew, onDeleted, onClose }: ManageScopesProps) {
  const titleId = useId();
  const scopes = useScopes();
  const readOnly = useReadOnly();
  const list = scopes.data ?? [];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Scopes</DialogTitle>
      <DialogContent>
        {list.length === 0 && <EmptyState title="No scopes yet" text="A scope is a named filter, such as the charges of one team. All pages that show money can be limited to it." />}
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {list.map((scope) => (
            <ScopeRow key={scope.name} scope={scope} readOnly={readOnly} onEdit={() => onEdit(scope)} onDeleted={() => onDeleted(scope.name)} />
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" disabled={readOnly} onClick={onNew}>
          New scope
        </Button>
        <Box sx={{ mr: 'auto' }}>{list.length > 0 && <ExportList list="scopes" variant="text" />}</Box>
        <Button variant="contained" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}

type ScopeRowProps = { scope: ScopeInfo; readOnly: boolean; onEdit: () => void; onDeleted: () => void };

function ScopeRow({ scope: { name, where, text, problem, version, changedAt, changedBy }, readOnly, onEdit, onDeleted }: ScopeRowProps) {
  const [asked, setAsked] = useState<number | null>(null); // the version that was asked to be deleted
  const nameOf = useValueNames();
  const remove = useDeleteScope();
  return (
    <Box component="li" sx={{ display: 'flex', gap: 2, alignItems: 'flex-start', py: 1.25, borderTop: 1, borderColor: 'tone.line2', '&:first-of-type': { borderTop: 0 } }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: 570 }}>{name}</Typography>
        <Typography variant="body2" title={text} sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {problem === '' ? describeFilter(where, nameOf) : text}
        </Typography>
        {problem !== '' && (
          <Typography variant="body2" sx={{ color: 'error.main' }}>
            {problem}
          </Typography>
        )}
        <Typography variant="caption" sx={{ color: 'text.disabled' }}>
          Version {version}, {describeStart(changedAt)}
          {changedBy !== '' && ` by ${changedBy}`}
        </Typography>
      </Box>
      {asked !== null ? (
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Typography variant="body2">Delete it? The charges stay.</Typography>
          <Button variant="outlined" onClick={() => setAsked(null)}>
            Keep it
          </Button>
          <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ name, version: asked }, { onSuccess: onDeleted })}>
            Delete
          </Button>
          <ChangeConflict what={`the scope ${name}`} change={remove} onDone={(kept) => (kept ? setAsked(null) : onDeleted())} />
        </Box>
      ) : (
        <Box sx={{ display: 'flex', gap: 0.5 }}>
          <Button aria-label={`Edit ${name}`} disabled={readOnly} onClick={onEdit}>
            Edit
          </Button>
          <Button aria-label={`Delete ${name}`} disabled={readOnly} onClick={() => setAsked(version)}>
            Delete
          </Button>
        </Box>
      )}
    </Box>
  );
}
