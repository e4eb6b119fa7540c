import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';

import { toAppError } from '../../../bridge/errors';
import { useReadOnly } from '../../../bridge/queries';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { Card } from '../../../ui/Card';
import { QueryView } from '../../../ui/QueryView';
import { errorToast, useToast } from '../../../ui/toast';
import { useNetwork, useSetNetwork } from '../queries';

/** Whether this window syncs by itself. */
export function UnaskedCard() {
  const network = useNetwork();
  const readOnly = useReadOnly();
  const set = useSetNetwork();
  const toast = useToast();
  return (
    <Card title="While the window is open">
      <QueryView query={network} what="the settings" errorTitle="The settings could not be read" skeleton={<Skeleton variant="rounded" height={60} />}>
        {(settings) => (
          <FormControlLabel
            control={<Switch size="small" disabled={readOnly || set.isPending} checked={settings.atOpening} onChange={(_event, atOpening) => set.mutate({ ...settings, atOpening }, { onError: (error) => { if (!toAppError(error).conflict) toast(errorToast(error)); } })} />}
            label="Sync all connections when this workspace is opened and when the computer wakes"
            sx={{ ml: 0, mt: 0.5, gap: 1 }}
          />
        )}
      </QueryView>
      <ChangeConflict what="the network settings" change={set} />
      <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
        When this is off, no host is contacted until you sync. A sync that you began goes on after an interruption, and is tried again while the provider does not answer.
      </Typography>
    </Card>
  );
}
