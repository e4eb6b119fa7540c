import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useForm } from 'react-hook-form';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import type { NetworkSettings } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { Card } from '../../../ui/Card';
import { QueryView } from '../../../ui/QueryView';
import { useToast } from '../../../ui/toast';
import { useChoosePath, useNetwork, useSetNetwork } from '../queries';

/** The offline switch, and how the network is reached. */
export function NetworkCard() {
  const network = useNetwork();
  // What the person began to change, so that it stays while somebody else changes what is stored.
  const [begun, setBegun] = useState<NetworkSettings | null>(null);
  return (
    <Card title="Network">
      <QueryView query={network} what="the network settings" errorTitle="The network settings could not be read" skeleton={<Skeleton variant="rounded" height={160} />}>
        {(stored) => {
          const settings = begun ?? stored;
          return <NetworkForm key={JSON.stringify(settings)} settings={settings} onBegin={() => setBegun(settings)} onEnd={() => setBegun(null)} />;
        }}
      </QueryView>
    </Card>
  );
}

function NetworkForm({ settings, onBegin, onEnd }: { settings: NetworkSettings; onBegin: () => void; onEnd: () => void }) {
  const readOnly = useReadOnly();
  const { register, handleSubmit, setValue, formState } = useForm({ defaultValues: settings });
  const set = useSetNetwork();
  const choose = useChoosePath('certificates');
  const toast = useToast();
  const failure = set.error ? toAppError(set.error) : null;
  const change = (to: NetworkSettings) =>
    set.mutate(to, {
      onSuccess: () => {
        toast({ text: 'Saved the network settings.' });
        onEnd();
      },
    });
  return (
    <Box component="form" noValidate aria-label="Network" onInput={onBegin} onSubmit={(event) => void handleSubmit(change)(event)} sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, maxWidth: 640, pt: 1 }}>
      <FormControlLabel
        control={<Switch size="small" disabled={readOnly || set.isPending} checked={settings.offline} onChange={(_event, offline) => change({ ...settings, offline })} />}
        label="Offline: contact no host for this workspace"
        sx={{ ml: 0, gap: 1 }}
      />
      <TextField size="small" fullWidth label="Proxy" helperText="Such as http://proxy.example.com:3128. Leave empty to use the settings of the system (HTTPS_PROXY and NO_PROXY)." slotProps={{ htmlInput: { ...register('proxy'), autoComplete: 'off', spellCheck: false } }} />
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
        <TextField size="small" fullWidth label="File of certificates" helperText="Certificates in PEM form that are trusted beside those of the system, for networks that inspect traffic." slotProps={{ htmlInput: { ...register('caFile'), autoComplete: 'off', spellCheck: false }, inputLabel: settings.caFile === '' ? undefined : { shrink: true } }} />
        <Button variant="outlined" loading={choose.isPending} onClick={() => choose.mutate(undefined, { onSuccess: (path) => { if (path === '') return; onBegin(); setValue('caFile', path, { shouldDirty: true }); } })} aria-label="Choose the file of certificates">
          Choose…
        </Button>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5 }}>
        <Button type="submit" variant="contained" disabled={readOnly || !formState.isDirty} loading={set.isPending}>
          Save
        </Button>
        <Typography role="status" sx={{ color: 'error.main' }}>
          {failure && !failure.conflict && failure.message}
        </Typography>
      </Box>
      <ChangeConflict what="the network settings" change={set} onDone={onEnd} />
    </Box>
  );
}
