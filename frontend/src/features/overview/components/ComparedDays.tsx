import Box from '@mui/material/Box';

import type { SpendComparison } from '../../../lib/wire';
import { comparedText, missingText, unusedText } from '../model';
import { Hatched } from '../../../ui/Hatched';

/** Says that a comparison is over fewer days than the periods have, which are left out and which are missing. */
export function ComparedDays({ comparison, brief = false }: { comparison: SpendComparison | null; brief?: boolean }) {
  if (!comparison || comparison.reason !== '') return null;
  const missing = missingText(comparison);
  const over = comparedText(comparison);
  const meaning = 'Only the days that both periods have are compared';
  const texts = [over, unusedText(comparison), missing === '' ? '' : `Missing: ${missing}`].filter((text) => text !== '');
  if (texts.length === 0) return null;
  return (
    <Box title={[meaning, ...texts].join('. ')} sx={{ fontSize: '0.75rem', color: 'text.secondary', ...(brief ? {} : { mt: 0.75 }) }}>
      <Hatched />
      {brief ? texts.join('. ') : `${[meaning, ...texts].join('. ')}.`}
    </Box>
  );
}
