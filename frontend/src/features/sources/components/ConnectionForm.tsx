import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';

import { toAppError } from '../../../bridge/errors';
import type { ConnectionInfo, ConnectorInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { zodResolver } from '../../../parts/zodResolver';
import { connectionSchema, type ConnectionValues, draftOf, openValues, valuesOf } from '../form';
import { useSaveConnection } from '../queries';
import { ConnectionFields } from './ConnectionFields';
import { PolicyDialog } from './PolicyDialog';

type ConnectionFormProps = {
  connector: ConnectorInfo;
  connection: ConnectionInfo | undefined;
  labelledBy: string;
  onClose: () => void;
  onSaved: (name: string) => void;
  /** Stands above the fields. */
  children: ReactNode;
};

/** The form of a connection. It is saved only if nobody changed the connection meanwhile; else both are shown. */
export function ConnectionForm({ connector, connection, labelledBy, onClose, onSaved, children }: ConnectionFormProps) {
  const kept = connection?.missingSecrets.length === 0 ? connection.secrets : [];
  const form = useForm<ConnectionValues>({ defaultValues: valuesOf(connector, connection), resolver: zodResolver(connectionSchema(connector, kept)) });
  const [wanted, setWanted] = useState<ConnectionValues | null>(null);
  const [policy, setPolicy] = useState(false);
  const save = useSaveConnection();
  const failure = save.error ? toAppError(save.error) : null;
  const store = (values: ConnectionValues, version: number) => {
    setWanted(values);
    save.mutate({ draft: draftOf(connector, values), version }, { onSuccess: ({ name }) => onSaved(name) });
  };
  return (
    <FormProvider {...form}>
      <form noValidate aria-labelledby={labelledBy} onSubmit={(event) => void form.handleSubmit((values) => store(values, connection?.version ?? 0), save.reset)(event)} style={{ display: 'contents' }}>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, '& > :first-of-type': { mt: 1 } }}>
          {children}
          <ConnectionFields connector={connector} kept={kept} fixed={connection !== undefined} />
        </DialogContent>
        {failure && !failure.conflict && (
          <Typography role="alert" sx={{ color: 'error.main', px: 3, pt: 1.5, overflowWrap: 'anywhere' }}>
            {failure.message}
          </Typography>
        )}
        <DialogActions>
          {connector.policies && (
            <Button variant="text" sx={{ mr: 'auto' }} onClick={() => setPolicy(true)}>
              Permissions to allow
            </Button>
          )}
          <Button variant="outlined" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="contained" loading={save.isPending}>
            Save and test
          </Button>
        </DialogActions>
      </form>
      {policy && <PolicyDialog kind={connector.name} values={openValues(connector, form.getValues('options'))} onClose={() => setPolicy(false)} />}
      {failure?.conflict && wanted && (
        <ConflictDialog what={`the connection ${wanted.name}`} conflict={failure.conflict} pending={save.isPending} onClose={save.reset} onKeep={onClose} onReplace={(version) => store(wanted, version)} />
      )}
    </FormProvider>
  );
}
