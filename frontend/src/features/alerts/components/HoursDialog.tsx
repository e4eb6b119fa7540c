import Typography from '@mui/material/Typography';
import { useForm } from 'react-hook-form';

import { toAppError } from '../../../bridge/errors';
import type { ChannelHours, ChannelInfo } from '../../../lib/wire';
import { ConflictDialog } from '../../../parts/ConflictDialog';
import { zodResolver } from '../../../parts/zodResolver';
import { useToast } from '../../../ui/toast';
import { hoursSchema } from '../model';
import { useSetHours } from '../queries';
import { FormDialog } from './FormDialog';
import { HoursFields } from './HoursFields';

/** Changes when a channel sends. What is held back follows. */
export function HoursDialog({ channel, onClose }: { channel: ChannelInfo; onClose: () => void }) {
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
    <FormDialog title={`Hours of ${channel.name}`} form={form} action="Save" pending={save.isPending} failure={failure?.message} onClose={onClose} onStore={(hours) => store(hours, channel.version)}>
      <HoursFields />
      <Typography sx={{ color: 'text.secondary' }}>Times are those of the computer that sends.</Typography>
    </FormDialog>
  );
}
