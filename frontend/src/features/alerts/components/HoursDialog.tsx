import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { FormProvider, useForm } from 'react-hook-form';

import { toAppError } from '../../../bridge/errors';
import type { ChannelHours, ChannelInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { zodResolver } from '../../../parts/zodResolver';
import { useToast } from '../../../ui/toast';
import { hoursSchema } from '../model';
import { useSetHours } from '../queries';
import { HoursFields } from './HoursFields';

/** Changes when a channel sends. What is held back follows. */
export function HoursDialog({ channel, onClose }: { channel: ChannelInfo; onClose: () => void }) {
  const titleId = useId();
  const form = useForm<ChannelHours>({ defaultValues: { digest: channel.digest, quietFrom: channel.quietFrom, quietTo: channel.quietTo }, resolver: zodResolver(hoursSchema) });
  const toast = useToast();
  const save = useSetHours();
  const failure = save.error ? toAppError(save.error) : null;
  const store = (hours: ChannelHours, version: number) =>
    save.mutate(
      { name: channel.name, hours, version },
      {
        onSuccess: () => {
          toast({ text: `Saved the hours of ${channel.name}.` });
          onClose();
        },
      },
    );
  if (failure?.conflict) {
    return <ConflictDialog what={`the channel ${channel.name}`} conflict={failure.conflict} pending={save.isPending} onClose={save.reset} onKeep={onClose} onReplace={(version) => store(form.getValues(), version)} />;
  }
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <FormProvider {...form}>
        <form noValidate aria-labelledby={titleId} onSubmit={(event) => void form.handleSubmit((hours) => store(hours, channel.version))(event)}>
          <DialogTitle id={titleId}>Hours of {channel.name}</DialogTitle>
          <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, '& > :first-of-type': { mt: 1 } }}>
            <HoursFields />
            <Typography sx={{ color: 'text.secondary' }}>Times are those of the computer that sends.</Typography>
            {failure && (
              <Typography role="alert" sx={{ color: 'error.main' }}>
                {failure.message}
              </Typography>
            )}
          </DialogContent>
          <DialogActions>
            <Button variant="outlined" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="contained" loading={save.isPending}>
              Save
            </Button>
          </DialogActions>
        </form>
      </FormProvider>
    </Dialog>
  );
}
