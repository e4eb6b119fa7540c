import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

import { ROW_HEIGHT } from '../../../ui/DataTable/model';

/** Rows that are surely below the view. */
const ROWS = 40;

/** The shape of the table before its first lines are there. */
export function LinesSkeleton() {
  return (
    <Box sx={{ px: 2 }}>
      {Array.from({ length: ROWS }, (_, row) => (
        <Box key={row} sx={{ height: ROW_HEIGHT, display: 'flex', alignItems: 'center' }}>
          <Skeleton height={18} sx={{ flex: 1 }} />
        </Box>
      ))}
    </Box>
  );
}
