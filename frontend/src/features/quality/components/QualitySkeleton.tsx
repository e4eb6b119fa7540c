import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** Keeps the places of the cards while every line is read. */
export function QualitySkeleton() {
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Skeleton variant="rounded" height={300} />
      <Skeleton variant="rounded" height={560} />
    </Box>
  );
}
