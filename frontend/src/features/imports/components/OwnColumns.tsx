import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';

import { formatCount } from '../../../lib/money';
import type { PlannedFile } from '../../../lib/wire';
import { splitColumns } from '../model';

/** So many names are shown at once; a native export has hundreds. */
const NAMES_AT_ONCE = 6;

/** Which columns are FOCUS columns, and which are kept beside them. */
export function OwnColumns({ file }: { file: PlannedFile }) {
  const [all, setAll] = useState(false);
  const { matched, others } = splitColumns(file.columns);
  if (others.length === 0) return `All ${formatCount(matched)} are FOCUS columns`;
  const shown = all ? others : others.slice(0, NAMES_AT_ONCE);
  return (
    <>
      {formatCount(matched)} of {formatCount(file.columns.length)} are FOCUS columns; the others are kept:{' '}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {shown.join(', ')}
      </Box>
      {others.length > NAMES_AT_ONCE && (
        <Button aria-expanded={all} onClick={() => setAll(!all)} sx={{ ml: 0.75, p: '0 4px', fontSize: 'inherit', color: 'primary.main', verticalAlign: 'baseline' }}>
          {all ? 'Show fewer' : `and ${formatCount(others.length - NAMES_AT_ONCE)} more`}
        </Button>
      )}
    </>
  );
}
