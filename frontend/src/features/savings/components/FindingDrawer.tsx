import CloseIcon from '@mui/icons-material/Close';
import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUp from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';

import type { FindingInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import type { useSavingsState } from '../useSavingsState';
import { FindingDetail } from './FindingDetail';

type FindingDrawerProps = {
  findings: FindingInfo[];
  /** The findings in the order of the table. */
  listed: FindingInfo[];
  state: ReturnType<typeof useSavingsState>;
  onDecide: (finding: FindingInfo) => void;
};

/** One finding: why, how much, and what to do. */
export function FindingDrawer({ findings, listed, state, onDecide }: FindingDrawerProps) {
  const { opened } = state;
  const finding = findings.find(({ id }) => id === opened);
  const at = listed.findIndex(({ id }) => id === opened);
  const before = listed[at - 1];
  const next = at >= 0 ? listed[at + 1] : undefined;
  return (
    <Drawer
      anchor="right"
      open={opened !== ''}
      onClose={state.close}
      slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': finding?.title ?? 'Finding', sx: { width: 'min(760px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto', fontSize: '0.9375rem' }}>
          {finding?.title ?? 'Finding'}
        </Typography>
        <IconButton aria-label="Finding before" disabled={!before} onClick={() => before && state.open(before.id)}>
          <KeyboardArrowUp fontSize="small" />
        </IconButton>
        <IconButton aria-label="Next finding" disabled={!next} onClick={() => next && state.open(next.id)}>
          <KeyboardArrowDown fontSize="small" />
        </IconButton>
        <IconButton aria-label="Close" onClick={state.close}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label="The finding and its proof">
        {finding ? <FindingDetail key={opened} finding={finding} onDecide={() => onDecide(finding)} onRule={() => state.openRule(finding.rule)} /> : <EmptyState title="There is no such finding" text="The charges have changed since, or the filter leaves it out. Close this and choose a finding." />}
      </Box>
    </Drawer>
  );
}
