import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { type ReactNode, useId } from 'react';
import { type FieldValues, FormProvider, type UseFormReturn } from 'react-hook-form';

type FormDialogProps<Values extends FieldValues> = {
  title: string;
  form: UseFormReturn<Values>;
  /** On the button that stores. */
  action: string;
  pending: boolean;
  /** Why it could not be stored. */
  failure: string | undefined;
  onClose: () => void;
  onStore: (values: Values) => void;
  /** The fields. */
  children: ReactNode;
};

/** A dialog with a form that is stored or left; what the person typed stays where it could not be stored. */
export function FormDialog<Values extends FieldValues>({ title, form, action, pending, failure, onClose, onStore, children }: FormDialogProps<Values>) {
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <FormProvider {...form}>
        <form noValidate aria-labelledby={titleId} onSubmit={(event) => void form.handleSubmit(onStore)(event)}>
          <DialogTitle id={titleId}>{title}</DialogTitle>
          <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2, '& > :first-of-type': { mt: 1 } }}>
            {children}
            {failure !== undefined && (
              <Typography role="alert" sx={{ color: 'error.main' }}>
                {failure}
              </Typography>
            )}
          </DialogContent>
          <DialogActions>
            <Button variant="outlined" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="contained" loading={pending}>
              {action}
            </Button>
          </DialogActions>
        </form>
      </FormProvider>
    </Dialog>
  );
}
