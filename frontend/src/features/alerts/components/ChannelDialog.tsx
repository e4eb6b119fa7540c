import { useForm } from 'react-hook-form';

import { zodResolver } from '../../../parts/zodResolver';
import { useToast } from '../../../ui/toast';
import { channelSchema, type ChannelValues, draftOf, newChannel } from '../model';
import { useAddChannel } from '../queries';
import { ChannelFields } from './ChannelFields';
import { FormDialog } from './FormDialog';

/** Adds a channel. Its secret goes to the keychain of this computer; a keychain that is locked or missing is said here, and nothing is added. */
export function ChannelDialog({ onClose }: { onClose: () => void }) {
  const form = useForm<ChannelValues>({ defaultValues: newChannel, resolver: zodResolver(channelSchema) });
  const toast = useToast();
  const add = useAddChannel();
  const store = (values: ChannelValues) =>
    add.mutate(
      { draft: draftOf(values), secret: values.secret },
      {
        onSuccess: () => {
          toast({ text: `Added the channel ${values.name}. Send a test to see that it works.` });
          onClose();
        },
      },
    );
  return (
    <FormDialog title="Add channel" form={form} action="Add channel" pending={add.isPending} failure={add.error?.message} onClose={onClose} onStore={store}>
      <ChannelFields />
    </FormDialog>
  );
}
