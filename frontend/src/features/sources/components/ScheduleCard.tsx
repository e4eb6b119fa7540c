import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import type { ScheduleInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { QueryView } from '../../../ui/QueryView';
import { useInstallSchedule, useRemoveSchedule, useScheduled, useSchedulePlan } from '../queries';

/** What the operating system runs every day: shown first, then written or removed. */
export function ScheduleCard() {
  const scheduled = useScheduled();
  const readOnly = useReadOnly();
  const [at, setAt] = useState('02:00');
  const plan = useSchedulePlan(at);
  const install = useInstallSchedule();
  const remove = useRemoveSchedule();
  return (
    <Card title="Every day" sub="by the operating system, also while this window is closed">
      <QueryView query={scheduled} what="the schedule" errorTitle="The schedule could not be read" skeleton={<Skeleton variant="rounded" height={120} />}>
        {(entry) => (
          <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, pt: 0.5 }}>
            {entry.text === '' ? (
              <Typography sx={{ color: 'text.secondary' }}>Nothing is scheduled for this workspace.</Typography>
            ) : (
              <Entry title="Scheduled now" entry={entry}>
                <Button variant="outlined" disabled={readOnly} loading={remove.isPending} onClick={() => remove.mutate()}>
                  Remove schedule
                </Button>
              </Entry>
            )}
            <TextField size="small" type="time" label="Time" value={at} onChange={(event) => setAt(event.target.value)} sx={{ width: 160, mt: 1 }} slotProps={{ inputLabel: { shrink: true } }} />
            {plan.data && plan.data.text !== entry.text && (
              <Entry title="This entry will be written" entry={plan.data}>
                <Button variant="contained" disabled={readOnly || at === ''} loading={install.isPending} onClick={() => install.mutate(at)}>
                  {entry.text === '' ? 'Add schedule' : 'Replace schedule'}
                </Button>
              </Entry>
            )}
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              The computer must be on and you must be logged in at that time, so that the keychain is open.
            </Typography>
          </Box>
        )}
      </QueryView>
    </Card>
  );
}

function Entry({ title, entry, children }: { title: string; entry: ScheduleInfo; children: ReactNode }) {
  return (
    <Box>
      <Typography sx={{ color: 'text.secondary' }}>
        {title}: {entry.where}
      </Typography>
      <Box component="pre" tabIndex={0} aria-label={title} sx={{ m: 0, my: 1, p: 1.25, bgcolor: 'tone.line2', borderRadius: '6px', fontSize: '0.75rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {entry.text}
      </Box>
      {children}
    </Box>
  );
}
