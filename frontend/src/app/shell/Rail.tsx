import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import { NavLink, useLocation } from 'react-router';

import { WorkspaceMenu } from '../../features/workspaces/WorkspaceMenu';
import type { WorkspaceInfo } from '../../lib/wire';
import { theme } from '../../ui/theme/theme';
import { viewSearch } from '../../ui/view/ledgerView';
import { pages, type PageEntry } from '../pages';

/** Where a window is small, or its text large, the rail shows its signs only; their names stay for screen readers. */
const unseen = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' };
const folded = { [theme.breakpoints.down('md')]: unseen };

function RailLink({ page, search }: { page: PageEntry; search: string }) {
  return (
    <Box
      component={NavLink}
      to={{ pathname: page.path, search }}
      end={page.path === '/'}
      title={page.label}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.125,
        p: '6px 8px',
        borderRadius: '7px',
        color: 'text.secondary',
        textDecoration: 'none',
        fontWeight: 500,
        fontSize: '0.8125rem',
        '& svg': { fontSize: 17 },
        '&:hover': { color: 'text.primary' },
        '&.active': { bgcolor: 'tone.selected', color: 'text.primary', fontWeight: 600 },
      }}
    >
      {page.icon}
      <Box component="span" sx={folded}>
        {page.label}
      </Box>
    </Box>
  );
}

/** The left rail: the client on top, then the pages that work. The view goes along from page to page. */
export function Rail({ workspace, detail }: { workspace: WorkspaceInfo; detail: string }) {
  const search = viewSearch(useLocation().search);
  const link = (page: PageEntry) => <RailLink key={page.path} page={page} search={search} />;
  return (
    <Box
      component="nav"
      aria-label="Pages"
      sx={{ width: { xs: 56, md: 212 }, flex: 'none', borderRight: 1, borderColor: 'divider', bgcolor: 'background.paper', p: '8px 10px', display: 'flex', flexDirection: 'column', gap: '1px', overflowY: 'auto' }}
    >
      <Box sx={{ mb: 1, [theme.breakpoints.down('md')]: { '& .MuiButtonBase-root': { p: '6px 4px' }, '& .MuiButtonBase-root > :not(:first-child)': unseen } }}>
        <WorkspaceMenu workspace={workspace} detail={detail} />
      </Box>
      {pages.filter((page) => !page.keeping).map(link)}
      <Divider sx={{ my: 1.125, mx: 1 }} />
      {pages.filter((page) => page.keeping).map(link)}
    </Box>
  );
}
