import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import type { ForecastInfo } from '../../../lib/wire';
import { BacktestCard } from './BacktestCard';
import { CourseCard } from './CourseCard';
import { LandingCard } from './LandingCard';
import { MonthsCard } from './MonthsCard';

/** A forecast: its months, its parts, and how good it was in the past. */
export function ForecastView({ info, stale }: { info: ForecastInfo; stale: boolean }) {
  return (
    <Box aria-busy={stale} sx={{ display: 'flex', flexDirection: 'column', gap: 2, opacity: stale ? 0.6 : 1 }}>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 300px' } }}>
        <CourseCard info={info} />
        <LandingCard info={info} />
      </Box>
      <MonthsCard info={info} />
      <BacktestCard info={info} />
      {info.notes.length > 0 && (
        <Box role="note">
          {info.notes.map((note) => (
            <Typography key={note} sx={{ color: 'text.secondary' }}>
              {note}
            </Typography>
          ))}
        </Box>
      )}
    </Box>
  );
}
