import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

import { ROW_HEIGHT } from './model';

/** Rows that are surely below the view. */
const ROWS = 40;

/** The shape of a table before its first rows are there. It fills a flex parent unless it has so many rows. */
export function TableSkeleton({ rows }: { rows?: number }) {
  return (
    <Box sx={{ px: 2, ...(rows === undefined && { flex: 1, minHeight: 0, overflow: 'hidden', bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px' }) }}>
      {Array.from({ length: rows ?? ROWS }, (_, row) => (
        <Box key={row} sx={{ height: ROW_HEIGHT, display: 'flex', alignItems: 'center' }}>
          <Skeleton height={18} sx={{ flex: 1 }} />
        </Box>
      ))}
    </Box>
  );
}
