import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import type { OptionValue } from '../../../lib/wire';
import { CopyText } from '../../../ui/CopyText';
import { QueryView } from '../../../ui/QueryView';
import { Segmented } from '../../../ui/Segmented';
import { usePolicies } from '../queries';

const forms = [
  { value: 'json', label: 'JSON' },
  { value: 'terraform', label: 'Terraform' },
] as const;

/** The least that a connection must be allowed, to copy. */
export function PolicyDialog({ kind, values, onClose }: { kind: string; values: OptionValue[]; onClose: () => void }) {
  const titleId = useId();
  const policies = usePolicies(kind, values.filter(({ value }) => value !== ''));
  const [form, setForm] = useState<(typeof forms)[number]['value']>('json');
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Permissions to allow</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: 1 }}>
        <Typography sx={{ color: 'text.secondary' }}>The least permissions needed, from the list of calls that Cloud Intelligence makes. They allow reading only.</Typography>
        <Segmented label="Form" value={form} choices={[...forms]} onChange={setForm} />
        <QueryView query={policies} what="the permissions" errorTitle="The permissions could not be shown" skeleton={<Skeleton variant="rounded" height={180} />}>
          {(list) => (
            <>
              {list
                .filter((policy) => policy.form === form)
                .map(({ name, text, note }) => (
                  <div key={name}>
                    <CopyText label={name} text={text.trimEnd()} />
                    {note !== '' && <Typography variant="body2" sx={{ mt: 0.5, color: 'text.secondary' }}>{note}</Typography>}
                  </div>
                ))}
            </>
          )}
        </QueryView>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
