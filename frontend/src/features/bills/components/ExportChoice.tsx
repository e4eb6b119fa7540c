import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { formatDay } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { BillInfo } from '../../../lib/wire';
import { Pill } from '../../../ui/Pill';
import { exportChoices } from '../model';

type ExportChoiceProps = {
  info: BillInfo;
  /** Asks before another export is used. */
  onUse: (exportName: string) => void;
};

/** The exports of a bill that comes from several: which is used, and the way to use another. */
export function ExportChoice({ info, onUse }: ExportChoiceProps) {
  const readOnly = useReadOnly();
  const titleId = useId();
  const choices = exportChoices(info);
  if (choices.length < 2) return null;
  return (
    <Box component="section" aria-labelledby={titleId} sx={{ mb: 1.5, border: 1, borderColor: 'divider', borderRadius: '9px', px: 1.5, py: 1 }}>
      <Typography id={titleId} sx={{ fontWeight: 600 }}>
        This bill comes from {choices.length} exports
      </Typography>
      <Box component="ul" aria-labelledby={titleId} sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {choices.map(({ exportName, label, used, lines, lastDay, canUse }) => (
          <Box component="li" key={exportName} sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, minHeight: 34 }}>
            <Box component="span" sx={{ fontWeight: used ? 600 : 400 }}>
              {label}
            </Box>
            <Pill tone={used ? 'good' : 'plain'}>{used ? 'Used' : 'Not used'}</Pill>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {formatCounted(lines, 'line')}, charges through {formatDay(lastDay)}
            </Box>
            {canUse && (
              <Button variant="outlined" disabled={readOnly} aria-label={`Use this export: ${label}`} onClick={() => onUse(exportName)} sx={{ ml: 'auto' }}>
                Use this export
              </Button>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
