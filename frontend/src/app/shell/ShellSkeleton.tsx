import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** The shape of a page before anything is known. */
export function ShellSkeleton() {
  return (
    <Box sx={{ flex: 1, p: 3, display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Skeleton variant="rounded" height={32} width={420} />
      <Skeleton variant="rounded" height={92} />
      <Skeleton variant="rounded" height={360} />
    </Box>
  );
}
