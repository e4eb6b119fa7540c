import Box from '@mui/material/Box';
import { useState } from 'react';
import { Outlet } from 'react-router';

import { useCurrentWorkspace, useLedgerState, useScopes } from '../../bridge/queries';
import { WelcomePage } from '../../features/workspaces/WelcomePage';
import { ledgerFactsOf } from '../../lib/ledgerFacts';
import { formatCounted } from '../../lib/money';
import { ScopeGate } from '../../parts/scopes/ScopeGate';
import { bothOf, QueryView } from '../../ui/QueryView';
import { LedgerViewProvider } from '../../ui/view/LedgerViewProvider';
import { DropOverlay } from './DropOverlay';
import { Rail } from './Rail';
import { ReadOnlyNote } from './ReadOnlyNote';
import { ShellSkeleton } from './ShellSkeleton';
import { TopBar } from './TopBar';
import { useBackendEvents } from './useBackendEvents';
import { useNow } from '../../ui/useNow';

/** The frame around every page; without an open workspace, the welcome page in its place. */
export function Shell() {
  useBackendEvents();
  const now = useNow();
  const workspace = useCurrentWorkspace();
  const state = useLedgerState();
  const scopes = useScopes();
  const [main, setMain] = useState<HTMLElement | null>(null);

  return (
    <QueryView query={workspace} skeleton={<ShellSkeleton />} errorTitle="The workspace could not be read">
      {(open) =>
        open === null ? (
          <WelcomePage now={now} />
        ) : (
          <Box sx={{ height: '100%', display: 'flex' }}>
            <Box component="a" href="#main" onClick={(event) => { event.preventDefault(); main?.focus(); }} sx={{ position: 'absolute', left: -9999, '&:focus': { left: 8, top: 8, zIndex: 'tooltip', bgcolor: 'background.paper', p: 1 } }}>
              Skip to the page
            </Box>
            <Rail workspace={open} detail={formatCounted(state.data?.lines ?? open.lines, 'line')} />
            <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
              <QueryView query={bothOf(state, scopes)} skeleton={<ShellSkeleton />} errorTitle="The ledger could not be read">
                {([ledger, named]) => (
                  <LedgerViewProvider facts={ledgerFactsOf(ledger, named)}>
                    <TopBar state={ledger} now={now} />
                    {open.readOnly && <ReadOnlyNote />}
                    <Box component="main" id="main" tabIndex={-1} ref={setMain} sx={{ flex: 1, minHeight: 0, overflowY: 'auto', display: 'flex', flexDirection: 'column', '&:focus': { outline: 'none' } }}>
                      <ScopeGate key={open.path} workspace={open.path} scopes={named}>
                        <Outlet />
                      </ScopeGate>
                    </Box>
                  </LedgerViewProvider>
                )}
              </QueryView>
            </Box>
            <DropOverlay />
          </Box>
        )
      }
    </QueryView>
  );
}
