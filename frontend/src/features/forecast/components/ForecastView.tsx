import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatDay } from '../../../lib/days';
import type { ForecastInfo, ForecastQuestion } from '../../../lib/wire';
import { BacktestCard } from './BacktestCard';
import { CourseCard } from './CourseCard';
import { FrozenCard } from './FrozenCard';
import { LandingCard } from './LandingCard';
import { MonthsCard } from './MonthsCard';
import { PlannedCard } from './PlannedCard';

/** A forecast: its months, its parts, and how good it was in the past; what says of which charges it is. */
export function ForecastView({ info, stale, question, scope, what }: { info: ForecastInfo; stale: boolean; question: ForecastQuestion; scope: string; what: string }) {
  return (
    <Box aria-busy={stale} sx={{ display: 'flex', flexDirection: 'column', gap: 2, opacity: stale ? 0.6 : 1 }}>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 300px' } }}>
        <CourseCard info={info} />
        <LandingCard info={info} />
      </Box>
      <MonthsCard info={info} />
      <PlannedCard info={info} scope={scope} />
      <BacktestCard info={info} />
      <FrozenCard question={question} scope={scope} name={`${what.charAt(0).toUpperCase()}${what.slice(1)}, ${formatDay(info.asOf)}`} />
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
