import Box from '@mui/material/Box';

import type { SpendComparison } from '../../../lib/wire';
import { comparedText, missingText } from '../model';
import { Hatched } from '../../../ui/Hatched';

/** Says that a comparison is over fewer days than the periods have, and which are missing. */
export function ComparedDays({ comparison, brief = false }: { comparison: SpendComparison | null; brief?: boolean }) {
  if (!comparison || comparison.reason !== '') return null;
  const missing = missingText(comparison);
  const over = comparedText(comparison);
  if (missing === '' && over === '') return null;
  const meaning = 'Only the days that both periods have are compared';
  const texts = [over, missing === '' ? '' : `Missing: ${missing}`].filter((text) => text !== '');
  return (
    <Box title={[meaning, ...texts].join('. ')} sx={{ fontSize: '0.75rem', color: 'text.secondary', ...(brief ? {} : { mt: 0.75 }) }}>
      <Hatched />
      {brief ? texts.join('. ') : `${[meaning, ...texts].join('. ')}.`}
    </Box>
  );
}
