import UnfoldMoreIcon from '@mui/icons-material/UnfoldMore';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useRecentWorkspaces } from '../../bridge/queries';
import type { WorkspaceInfo } from '../../lib/wire';
import { errorToast, useToast } from '../../ui/toast';
import { Tile } from './components/Tile';
import { WorkspaceDialogs, type WorkspaceDialog } from './components/WorkspaceDialogs';
import { useChooseWorkspace, useCloseWorkspace, useOpenWorkspace } from './queries';

type WorkspaceMenuProps = { workspace: WorkspaceInfo; detail: string };

/** The open client at the top of the rail, and everything that can be done with workspaces. */
export function WorkspaceMenu({ workspace, detail }: WorkspaceMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [dialog, setDialog] = useState<WorkspaceDialog | null>(null);
  const toast = useToast();
  const onError = (error: Error) => toast(errorToast(error));
  const recent = useRecentWorkspaces();
  const open = useOpenWorkspace();
  const choose = useChooseWorkspace();
  const close = useCloseWorkspace();

  const others = (recent.data ?? []).filter((one) => one.path !== workspace.path && one.exists).slice(0, 6);
  const act = (work: () => void) => () => {
    setAnchor(null);
    work();
  };

  return (
    <>
      <ButtonBase
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`Workspace ${workspace.name}`}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ width: '100%', display: 'flex', gap: 1.125, alignItems: 'center', textAlign: 'left', p: '6px 8px', borderRadius: '8px', '&:hover': { bgcolor: 'tone.selected' } }}
      >
        <Tile name={workspace.name} />
        <Box sx={{ minWidth: 0, flex: 1 }}>
          <Typography title={workspace.name} sx={{ fontWeight: 600, lineHeight: 1.3, display: '-webkit-box', WebkitBoxOrient: 'vertical', WebkitLineClamp: 2, overflow: 'hidden', overflowWrap: 'anywhere', hyphens: 'auto' }}>
            {workspace.name}
          </Typography>
          <Typography variant="caption" component="div" noWrap sx={{ color: 'text.disabled' }}>
            {detail}
          </Typography>
        </Box>
        <UnfoldMoreIcon sx={{ fontSize: 16, color: 'text.disabled' }} />
      </ButtonBase>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { width: 270 } } }}>
        {others.length > 0 && (
          <Typography component="li" role="presentation" variant="caption" sx={{ px: 2, py: 0.5, color: 'text.disabled' }}>
            Recent
          </Typography>
        )}
        {others.map((one) => (
          <MenuItem key={one.path} title={one.path} onClick={act(() => open.mutate(one.path, { onError }))} sx={{ gap: 1.25 }}>
            <Tile name={one.name} size={22} quiet />
            <Typography noWrap>{one.name}</Typography>
          </MenuItem>
        ))}
        {others.length > 0 && <Divider />}
        <MenuItem onClick={act(() => choose.mutate(undefined, { onError }))}>Open workspace…</MenuItem>
        <MenuItem onClick={act(() => setDialog('new'))}>New client workspace…</MenuItem>
        <Divider />
        <MenuItem disabled={workspace.readOnly} onClick={act(() => setDialog('rename'))}>
          Rename…
        </MenuItem>
        <MenuItem disabled={workspace.readOnly} onClick={act(() => setDialog('fiscal'))}>
          Fiscal year…
        </MenuItem>
        <MenuItem onClick={act(() => setDialog('duplicate'))}>Duplicate…</MenuItem>
        <MenuItem disabled={workspace.lines === 0} onClick={act(() => setDialog('export'))}>
          Export as FOCUS…
        </MenuItem>
        <MenuItem onClick={act(() => close.mutate(undefined, { onError }))}>Close</MenuItem>
        <Divider />
        <MenuItem onClick={act(() => setDialog('trash'))} sx={{ color: 'error.main' }}>
          Move to trash…
        </MenuItem>
      </Menu>
      {dialog && <WorkspaceDialogs dialog={dialog} workspace={workspace} onClose={() => setDialog(null)} />}
    </>
  );
}
