import Box from '@mui/material/Box';
import { Outlet } from 'react-router';

import { useCurrentWorkspace, useLedgerState, useScopes } from '../../bridge/queries';
import { ledgerFactsOf } from '../../lib/ledgerFacts';
import { ScopeGate } from '../../parts/scopes/ScopeGate';
import { bothOf, QueryView } from '../../ui/QueryView';
import { LedgerViewProvider } from '../../ui/view/LedgerViewProvider';
import { ReadOnlyNote } from './ReadOnlyNote';
import { ShellSkeleton } from './ShellSkeleton';
import { MAIN_ID } from './SkipLink';
import { TopBar } from './TopBar';
import { useNow } from '../../ui/useNow';
import { useScrollMemory } from './useScrollMemory';

/** What every page of an open workspace stands in: the view that its address describes, the top bar, the page itself. */
export function PageFrame() {
  const now = useNow();
  const workspace = useCurrentWorkspace().data;
  const state = useLedgerState();
  const scopes = useScopes();
  const setPage = useScrollMemory();

  if (!workspace) return null;
  return (
    <QueryView query={bothOf(state, scopes)} what="the workspace" skeleton={<ShellSkeleton />} errorTitle="The ledger could not be read">
      {([ledger, named]) => (
        <LedgerViewProvider facts={ledgerFactsOf(ledger, named)}>
          <TopBar state={ledger} now={now} />
          {workspace.readOnly && <ReadOnlyNote />}
          <Box component="main" ref={setPage} id={MAIN_ID} tabIndex={-1} sx={{ flex: 1, minHeight: 0, overflowY: 'auto', display: 'flex', flexDirection: 'column', '&:focus': { outline: 'none' } }}>
            <ScopeGate key={workspace.path} workspace={workspace.path} scopes={named}>
              <Outlet />
            </ScopeGate>
          </Box>
        </LedgerViewProvider>
      )}
    </QueryView>
  );
}
