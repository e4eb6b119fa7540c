import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { FocusExport, FocusGap } from '../../../lib/wire';

const reasons: Record<FocusGap['reason'], string> = {
  unknown: 'not in the bills',
  unreadable: 'not allowed by FOCUS',
};

/** What was written, and what FOCUS requires beyond what the bills have. */
export function FocusExportResult({ done }: { done: FocusExport }) {
  return (
    <>
      <Typography sx={{ overflowWrap: 'anywhere' }}>
        {formatCounted(done.lines, 'line')} written to <b>{done.path}</b>.
      </Typography>
      {done.gaps.length > 0 && (
        <Box>
          <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
            FOCUS requires these values on every line. Where the bills do not have them, they are empty in the file.
          </Typography>
          <Box component="ul" aria-label="Values that are missing" sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 220, overflowY: 'auto', border: 1, borderColor: 'divider', borderRadius: '8px' }}>
            {done.gaps.map((gap) => (
              <Box component="li" key={gap.column + gap.reason} sx={{ display: 'flex', gap: 2, px: 1.5, py: 0.75, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
                <Typography variant="body2" sx={{ flex: 1, minWidth: 0 }} noWrap title={gap.column}>
                  {gap.column}
                </Typography>
                <Typography variant="body2" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
                  {formatCounted(gap.lines, 'line')}, {reasons[gap.reason]}
                </Typography>
              </Box>
            ))}
          </Box>
        </Box>
      )}
    </>
  );
}
