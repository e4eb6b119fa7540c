import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useId, useState } from 'react';

import type { ConnectionInfo, ConnectorInfo } from '../../../lib/wire';
import { ConnectionForm } from './ConnectionForm';

type ConnectionDialogProps = {
  connectors: ConnectorInfo[];
  /** The one that is changed; undefined = a new one. */
  connection: ConnectionInfo | undefined;
  onClose: () => void;
  /** It is saved, and can be tested. */
  onSaved: (name: string) => void;
};

/** Adds a connection or changes one. */
export function ConnectionDialog({ connectors, connection, onClose, onSaved }: ConnectionDialogProps) {
  const titleId = useId();
  const [kind, setKind] = useState(connection?.kind ?? connectors[0]?.name ?? '');
  const connector = connectors.find(({ name }) => name === kind);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{connection ? `Edit ${connection.name}` : 'Add connection'}</DialogTitle>
      {connector && (
        <ConnectionForm key={kind} connector={connector} connection={connection} labelledBy={titleId} onClose={onClose} onSaved={onSaved}>
          {!connection && (
            <TextField select size="small" fullWidth label="Kind" value={kind} onChange={(event) => setKind(event.target.value)}>
              {connectors.map(({ name, label }) => (
                <MenuItem key={name} value={name}>
                  {label}
                </MenuItem>
              ))}
            </TextField>
          )}
        </ConnectionForm>
      )}
    </Dialog>
  );
}
