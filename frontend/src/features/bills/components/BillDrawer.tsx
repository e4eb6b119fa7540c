import CloseIcon from '@mui/icons-material/Close';
import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUp from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';

import type { BillInfo } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { billKey, describeAccount, describeBill, describeProvider } from '../../../lib/bill';
import { formatMonth } from '../../../lib/days';
import { EmptyState } from '../../../ui/EmptyState';
import { neighbour } from '../model';
import { type useBillsState } from '../useBillsState';
import { BillDetail } from './BillDetail';

type BillDrawerProps = {
  bills: BillInfo[];
  /** The bills in the order of the table. */
  listed: BillInfo[];
  state: ReturnType<typeof useBillsState>;
};

/** One bill: the source that is used and all its versions. */
export function BillDrawer({ bills, listed, state }: BillDrawerProps) {
  const { opened } = state;
  const nameOf = useBillingAccountNames();
  const info = bills.find((one) => billKey(one) === opened);
  const before = neighbour(listed, opened, -1);
  const next = neighbour(listed, opened, 1);
  const title = info ? `${describeProvider(info.provider)}, ${formatMonth(info.month, { full: true })}` : 'Bill';
  return (
    <Drawer
      anchor="right"
      open={opened !== ''}
      onClose={state.close}
      slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': info ? describeBill(info, nameOf(info.billingAccount)) : 'Bill', sx: { width: 'min(1020px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" noWrap sx={{ mr: 'auto', fontSize: '0.9375rem' }}>
          <bdi>{title}</bdi>
          {info && (
            <Box component="bdi" sx={{ color: 'text.secondary', fontWeight: 400, ml: 1, fontSize: '0.8125rem' }}>
              {[nameOf(info.billingAccount), describeAccount(info.billingAccount)].filter(Boolean).join(' · ')}
            </Box>
          )}
        </Typography>
        <IconButton aria-label="Bill before" disabled={!before} onClick={() => before && state.open(billKey(before))}>
          <KeyboardArrowUp fontSize="small" />
        </IconButton>
        <IconButton aria-label="Next bill" disabled={!next} onClick={() => next && state.open(billKey(next))}>
          <KeyboardArrowDown fontSize="small" />
        </IconButton>
        <IconButton aria-label="Close" onClick={state.close}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label="The bill and its versions">
        {info ? (
          <BillDetail key={opened} info={info} version={state.version} onVersion={state.setVersion} />
        ) : (
          <EmptyState title="There is no such bill" text="Its import was undone, or it belongs to another client. Close this and choose a bill." />
        )}
      </Box>
    </Drawer>
  );
}
