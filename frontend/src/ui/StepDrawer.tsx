import CloseIcon from '@mui/icons-material/Close';
import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUp from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

type StepDrawerProps = {
  /** The id of what is shown; '' = the drawer is closed. */
  opened: string;
  /** The rows in the order of their table. */
  listed: { id: string }[];
  /** What one of them is called: "finding". */
  noun: string;
  title: string;
  /** Names the content of the drawer. */
  label: string;
  onOpen: (id: string) => void;
  onClose: () => void;
  children: ReactNode;
};

/** One row of a table at the side of it, with steps to the rows before and after. */
export function StepDrawer({ opened, listed, noun, title, label, onOpen, onClose, children }: StepDrawerProps) {
  const at = listed.findIndex(({ id }) => id === opened);
  const before = listed[at - 1];
  const next = at >= 0 ? listed[at + 1] : undefined;
  return (
    <Drawer anchor="right" open={opened !== ''} onClose={onClose} slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': title, sx: { width: 'min(760px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 2.5, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto', fontSize: '0.9375rem' }}>
          {title}
        </Typography>
        <IconButton aria-label={`${noun.charAt(0).toUpperCase()}${noun.slice(1)} before`} disabled={!before} onClick={() => before && onOpen(before.id)}>
          <KeyboardArrowUp fontSize="small" />
        </IconButton>
        <IconButton aria-label={`Next ${noun}`} disabled={!next} onClick={() => next && onOpen(next.id)}>
          <KeyboardArrowDown fontSize="small" />
        </IconButton>
        <IconButton aria-label="Close" onClick={onClose}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 2, flex: 1 }} tabIndex={0} role="group" aria-label={label}>
        {children}
      </Box>
    </Drawer>
  );
}
