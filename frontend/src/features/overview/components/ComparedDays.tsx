import Box from '@mui/material/Box';

import type { SpendComparison } from '../../../lib/wire';
import { missingText } from '../model';

/** Says that a comparison is over fewer days than the periods have, and which are missing. */
export function ComparedDays({ comparison, brief = false }: { comparison: SpendComparison | null; brief?: boolean }) {
  const missing = missingText(comparison);
  if (missing === '') return null;
  const meaning = 'Changes and earlier amounts are over the days that both periods have';
  return (
    <Box title={`${meaning}. Missing: ${missing}`} sx={{ fontSize: '0.75rem', color: 'tone.warm', ...(brief ? { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } : { mt: 0.75 }) }}>
      {brief ? `Missing: ${missing}` : `${meaning}. Missing: ${missing}.`}
    </Box>
  );
}
