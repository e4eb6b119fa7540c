import Box from '@mui/material/Box';
import { Outlet } from 'react-router';

import { useCurrentWorkspace, useLedgerState } from '../../bridge/queries';
import { WelcomePage } from '../../features/workspaces/WelcomePage';
import { formatCounted } from '../../lib/money';
import { QueryView } from '../../ui/QueryView';
import { DropOverlay } from './DropOverlay';
import { Rail } from './Rail';
import { ShellSkeleton } from './ShellSkeleton';
import { SkipLink } from './SkipLink';
import { useBackendEvents } from './useBackendEvents';
import { useNow } from '../../ui/useNow';

/** The rail and the room beside it; without an open workspace, the welcome page in their place. */
export function Shell() {
  useBackendEvents();
  const now = useNow();
  const workspace = useCurrentWorkspace();
  const state = useLedgerState();

  return (
    <QueryView query={workspace} what="the workspace" skeleton={<ShellSkeleton />} errorTitle="The workspace could not be read">
      {(open) =>
        open === null ? (
          <>
            <WelcomePage now={now} />
            <DropOverlay />
          </>
        ) : (
          <Box sx={{ height: '100%', display: 'flex' }}>
            <SkipLink />
            <Rail workspace={open} detail={formatCounted(state.data?.lines ?? open.lines, 'line')} />
            <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
              <Outlet />
            </Box>
            <DropOverlay />
          </Box>
        )
      }
    </QueryView>
  );
}
