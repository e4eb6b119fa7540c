import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';

import { formatAge } from '../../../lib/days';
import { formatBytes, formatCounted } from '../../../lib/money';
import type { WorkspaceInfo } from '../../../lib/wire';
import { folderOf } from '../model';
import { Tile } from './Tile';

type RecentListProps = { workspaces: WorkspaceInfo[]; now: number; onOpen: (path: string) => void; onForget: (path: string) => void };

/** The workspaces opened before; one whose file is gone can only be removed from the list. */
export function RecentList({ workspaces, now, onOpen, onForget }: RecentListProps) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, border: 1, borderColor: 'divider', borderRadius: '10px', bgcolor: 'background.paper', overflow: 'hidden' }}>
      {workspaces.map((one, index) => (
        <Box component="li" key={one.path} sx={{ display: 'flex', alignItems: 'center', pr: 1, borderTop: index > 0 ? 1 : 0, borderColor: 'tone.line2' }}>
          <ButtonBase
            disabled={!one.exists}
            onClick={() => onOpen(one.path)}
            title={one.path}
            sx={{ flex: 1, minWidth: 0, display: 'flex', gap: 1.5, justifyContent: 'flex-start', textAlign: 'left', px: 1.75, py: 1.25, '&:hover': { bgcolor: 'tone.selected' }, '&:focus-visible': { outlineOffset: -2 } }}
          >
            <Tile name={one.name} size={30} quiet />
            <Box sx={{ minWidth: 0, flex: 1 }}>
              <Typography noWrap sx={{ fontWeight: 570, color: one.exists ? 'text.primary' : 'text.disabled' }}>
                {one.name}
              </Typography>
              <Typography variant="body2" noWrap sx={{ color: one.exists ? 'text.secondary' : 'text.disabled' }}>
                {one.exists ? `${formatCounted(one.lines, 'line')} · ${formatBytes(one.sizeBytes)}` : `Not found in ${folderOf(one.path)}`}
              </Typography>
            </Box>
            <Typography variant="body2" sx={{ color: 'text.disabled', whiteSpace: 'nowrap' }}>
              {formatAge(one.openedAt, now)}
            </Typography>
          </ButtonBase>
          <Tooltip title="Remove from this list; the file is kept">
            <IconButton size="small" aria-label={`Remove ${one.name} from the list`} onClick={() => onForget(one.path)}>
              <CloseIcon sx={{ fontSize: 15, color: 'text.disabled' }} />
            </IconButton>
          </Tooltip>
        </Box>
      ))}
    </Box>
  );
}
