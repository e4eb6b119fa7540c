import CloseIcon from '@mui/icons-material/Close';
import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUp from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';

import type { CommitmentInfo, CommitmentsInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { keyOf, monthsOf, nameOf } from '../model';
import type { useCommitmentsState } from '../useCommitmentsState';
import { CommitmentDetail } from './CommitmentDetail';

type CommitmentDrawerProps = {
  info: CommitmentsInfo;
  /** The commitments in the order of the table. */
  listed: CommitmentInfo[];
  state: ReturnType<typeof useCommitmentsState>;
};

/** One commitment: what was bought, how it is used, its months and its charge lines. */
export function CommitmentDrawer({ info, listed, state }: CommitmentDrawerProps) {
  const { opened } = state;
  const one = info.commitments.find((other) => keyOf(other) === opened);
  const at = listed.findIndex((other) => keyOf(other) === opened);
  const before = listed[at - 1];
  const next = at >= 0 ? listed[at + 1] : undefined;
  const title = one ? nameOf(one) : 'Commitment';
  return (
    <Drawer
      anchor="right"
      open={opened !== ''}
      onClose={state.close}
      slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': title, sx: { width: 'min(760px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto', fontSize: '0.9375rem', overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
        <IconButton aria-label="Commitment before" disabled={!before} onClick={() => before && state.open(keyOf(before))}>
          <KeyboardArrowUp fontSize="small" />
        </IconButton>
        <IconButton aria-label="Next commitment" disabled={!next} onClick={() => next && state.open(keyOf(next))}>
          <KeyboardArrowDown fontSize="small" />
        </IconButton>
        <IconButton aria-label="Close" onClick={state.close}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label="The commitment and its months">
        {one ? <CommitmentDetail key={opened} one={one} months={monthsOf(info.uses, one)} /> : <EmptyState title="There is no such commitment" text="The charges have changed since, or the filter leaves it out. Close this and choose another one." />}
      </Box>
    </Drawer>
  );
}
