import Box from '@mui/material/Box';

import type { PassportReadinessDocument } from '../../../lib/wire';
import { analysisLabel } from '../model';
import { LevelMark } from './Mark';
import { Part } from './Part';

/** What stands in the way of which analysis. */
export function Limits({ readiness }: { readiness: PassportReadinessDocument[] }) {
  const limited = readiness.filter(({ level }) => level !== 'ready');
  if (limited.length === 0) return null;
  return (
    <Part title="What limits the analyses">
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {limited.map((one) => (
          <Box component="li" key={one.analysis} sx={{ display: 'grid', gridTemplateColumns: '116px minmax(0, 1fr)', columnGap: 1.25, py: 0.625, fontSize: '0.75rem' }}>
            <span>
              <LevelMark readiness={one} />
            </span>
            <span>
              <b>{analysisLabel(one.analysis)}.</b> {one.reasons.join(' ')}
            </span>
          </Box>
        ))}
      </Box>
    </Part>
  );
}
