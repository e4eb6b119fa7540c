import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { toAppError } from '../../../bridge/errors';
import { monthNames } from '../../../lib/days';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { useOpened } from '../../../ui/useOpened';
import { useSetFiscalYear, useWorkspaceSettings } from '../queries';

/** Changes in which month the fiscal years of the workspace start, if nobody changed it since the dialog was opened. */
export function FiscalYearDialog({ onClose }: { onClose: () => void }) {
  const titleId = useId();
  const { opened: settings } = useOpened(useWorkspaceSettings());
  const set = useSetFiscalYear();
  const [chosen, setChosen] = useState<number | null>(null);
  const stored = settings.data;
  const month = chosen ?? stored?.firstMonth;
  const failure = set.error ? toAppError(set.error) : null;
  const shown = failure?.conflict ? null : (failure ?? settings.error);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Fiscal year</DialogTitle>
      <DialogContent>
        <Typography sx={{ color: 'text.secondary', mb: 2 }}>The quarters and years of the period picker are fiscal ones. A fiscal year is named after the calendar year in which it ends.</Typography>
        <TextField select fullWidth size="small" label="Starts in" value={month ?? ''} onChange={(event) => setChosen(Number(event.target.value))} error={shown !== null} helperText={shown?.message} sx={{ mt: 0.5 }}>
          {monthNames.map((name, at) => (
            <MenuItem key={name} value={at + 1}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" loading={set.isPending} disabled={!stored || month === stored.firstMonth} onClick={() => stored && month !== undefined && set.mutate({ firstMonth: month, version: stored.monthVersion }, { onSuccess: onClose })}>
          Save
        </Button>
      </DialogActions>
      <ChangeConflict what="the fiscal year" change={set} onDone={onClose} />
    </Dialog>
  );
}
