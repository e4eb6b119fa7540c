import CloseIcon from '@mui/icons-material/Close';
import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUp from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';

import type { AnomalyInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { describeDays, kindWords } from '../model';
import type { useAnomaliesState } from '../useAnomaliesState';
import { AnomalyDetail } from './AnomalyDetail';

type AnomalyDrawerProps = {
  all: AnomalyInfo[];
  /** The anomalies in the order of the table. */
  listed: AnomalyInfo[];
  state: ReturnType<typeof useAnomaliesState>;
};

/** One anomaly: where, how much, why, and how it stands. */
export function AnomalyDrawer({ all, listed, state }: AnomalyDrawerProps) {
  const { opened } = state;
  const anomaly = all.find(({ id }) => id === opened);
  const at = listed.findIndex(({ id }) => id === opened);
  const before = listed[at - 1];
  const next = at >= 0 ? listed[at + 1] : undefined;
  const title = anomaly ? `${kindWords[anomaly.kind].label}, ${describeDays(anomaly)}` : 'Anomaly';
  return (
    <Drawer anchor="right" open={opened !== ''} onClose={state.close} slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': title, sx: { width: 'min(760px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto', fontSize: '0.9375rem' }}>
          {title}
        </Typography>
        <IconButton aria-label="Anomaly before" disabled={!before} onClick={() => before && state.open(before.id)}>
          <KeyboardArrowUp fontSize="small" />
        </IconButton>
        <IconButton aria-label="Next anomaly" disabled={!next} onClick={() => next && state.open(next.id)}>
          <KeyboardArrowDown fontSize="small" />
        </IconButton>
        <IconButton aria-label="Close" onClick={state.close}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label="The anomaly and its cause">
        {anomaly ? <AnomalyDetail key={opened} anomaly={anomaly} /> : <EmptyState title="There is no such anomaly" text="The charges or the sensitivity have changed since. Close this and choose an anomaly." />}
      </Box>
    </Drawer>
  );
}
