import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { FormProvider, useForm } from 'react-hook-form';

import { zodResolver } from '../../../parts/zodResolver';
import { useToast } from '../../../ui/toast';
import { channelSchema, type ChannelValues, draftOf, newChannel } from '../model';
import { useAddChannel } from '../queries';
import { ChannelFields } from './ChannelFields';

/** Adds a channel. Its secret goes to the keychain of this computer; a keychain that is locked or missing is said here, and nothing is added. */
export function ChannelDialog({ onClose }: { onClose: () => void }) {
  const titleId = useId();
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
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <FormProvider {...form}>
        <form noValidate aria-labelledby={titleId} onSubmit={(event) => void form.handleSubmit(store)(event)}>
          <DialogTitle id={titleId}>Add channel</DialogTitle>
          <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, '& > :first-of-type': { mt: 1 } }}>
            <ChannelFields />
            {add.error && (
              <Typography role="alert" sx={{ color: 'error.main' }}>
                {add.error.message}
              </Typography>
            )}
          </DialogContent>
          <DialogActions>
            <Button variant="outlined" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="contained" loading={add.isPending}>
              Add channel
            </Button>
          </DialogActions>
        </form>
      </FormProvider>
    </Dialog>
  );
}
