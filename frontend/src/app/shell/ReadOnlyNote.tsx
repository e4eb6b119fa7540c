import LockOutlined from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';

/** Says why nothing can be imported or changed here, and what to do. */
export function ReadOnlyNote() {
  return (
    <Box role="note" aria-label="Read-only" sx={{ flex: 'none', display: 'flex', alignItems: 'center', gap: 1, px: 3, py: 0.75, bgcolor: 'tone.line2', color: 'text.secondary' }}>
      <LockOutlined sx={{ fontSize: 16 }} />
      <span>Read-only: this workspace is in a folder that cannot be written. Duplicate it to make changes.</span>
    </Box>
  );
}
