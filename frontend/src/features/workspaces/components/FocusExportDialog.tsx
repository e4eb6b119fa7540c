import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';

import type { FocusOptions } from '../../../lib/wire';
import { Segmented } from '../../../ui/Segmented';
import { useExportFocus } from '../queries';
import { FocusExportResult } from './FocusExportResult';

type Version = '1.2' | '1.0' | 'held';

const explained: Record<Version, string> = {
  '1.2': 'The 57 columns of FOCUS 1.2, then all others with the prefix x_. Values are written as the specification requires; costs are never changed.',
  '1.0': 'The 43 columns of FOCUS 1.0, then all others with the prefix x_. For tools that do not read newer versions.',
  held: 'Every value as it was in its file, under FOCUS column names. For moving bills between workspaces.',
};

/** Asks which FOCUS file to write, and shows the result. */
export function FocusExportDialog({ onClose }: { onClose: () => void }) {
  const [version, setVersion] = useState<Version>('1.2');
  const [format, setFormat] = useState<FocusOptions['format']>('focus-csv');
  const write = useExportFocus();
  const done = write.data?.path ? write.data : null;

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs">
      <DialogTitle>Export as FOCUS</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        {done ? (
          <FocusExportResult done={done} />
        ) : (
          <>
            <Field label="Version">
              <Segmented
                label="Version"
                value={version}
                choices={[
                  { value: '1.2', label: 'FOCUS 1.2' },
                  { value: '1.0', label: 'FOCUS 1.0' },
                  { value: 'held', label: 'As imported' },
                ]}
                onChange={setVersion}
              />
              <Typography variant="body2" sx={{ color: 'text.secondary', mt: 1, minHeight: '4.5em' }}>
                {explained[version]}
              </Typography>
            </Field>
            <Field label="Format">
              <Segmented
                label="Format"
                value={format}
                choices={[
                  { value: 'focus-csv', label: 'CSV' },
                  { value: 'focus-parquet', label: 'Parquet' },
                ]}
                onChange={setFormat}
              />
            </Field>
            {write.error && <Alert severity="error">{write.error.message}</Alert>}
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{done ? 'Close' : 'Cancel'}</Button>
        {!done && (
          <Button variant="contained" loading={write.isPending} onClick={() => write.mutate({ format, version: version === 'held' ? '' : version })}>
            Export…
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box>
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary', mb: 0.75 }}>
        {label}
      </Typography>
      {children}
    </Box>
  );
}
