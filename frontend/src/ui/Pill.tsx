import Box from '@mui/material/Box';
import { type ReactNode } from 'react';

export type PillTone = 'good' | 'bad' | 'plain';

const colors: Record<PillTone, { bgcolor: string; color: string }> = {
  good: { bgcolor: 'tone.coolBg', color: 'tone.cool' },
  bad: { bgcolor: 'tone.warmBg', color: 'tone.warm' },
  plain: { bgcolor: 'tone.line2', color: 'text.secondary' },
};

/** A word about the state of something. */
export function Pill({ tone, children }: { tone: PillTone; children: ReactNode }) {
  return (
    <Box component="span" sx={{ ...colors[tone], display: 'inline-block', px: 1, py: '1px', borderRadius: 5, fontSize: '0.71875rem', fontWeight: 570, whiteSpace: 'nowrap' }}>
      {children}
    </Box>
  );
}
