import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

import { Loading } from '../../ui/Loading';

/** The shape of a page before anything is known. */
export function ShellSkeleton() {
  return (
    <Box sx={{ flex: 1, p: 3, display: 'flex', flexDirection: 'column' }}>
      <Loading what="the workspace">
        <Skeleton variant="rounded" height={32} width={420} />
        <Skeleton variant="rounded" height={92} />
        <Skeleton variant="rounded" height={360} />
      </Loading>
    </Box>
  );
}
