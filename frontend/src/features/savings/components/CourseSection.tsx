import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';

import { addDays, formatDay, formatRange } from '../../../lib/days';
import type { FindingInfo } from '../../../lib/wire';
import { StackedChart } from '../../../ui/charts/StackedChart';
import { QueryView } from '../../../ui/QueryView';
import { seriesColor } from '../../../ui/theme/seriesColor';
import { useCourse } from '../queries';

/** What the resource of a finding cost by day; the days of its evidence stand out. */
export function CourseSection({ finding }: { finding: FindingInfo }) {
  const course = useCourse(finding.id);
  return (
    <QueryView query={course} what="the cost by day" errorTitle="The cost by day could not be read" skeleton={<Skeleton variant="rounded" height={150} />}>
      {(days) => {
        const costs = new Map(days.map(({ day, cost }) => [day, cost]));
        const first = days[0]?.day ?? finding.firstDay;
        const last = days.at(-1)?.day ?? finding.lastDay;
        const points = [];
        for (let day = first; day <= last; day = addDays(day, 1)) {
          const cost = costs.get(day) ?? null;
          points.push({ time: day, tick: formatDay(day, { year: false }), label: formatDay(day), amounts: [cost], total: cost, context: day < finding.firstDay || day > finding.lastDay });
        }
        return (
          <>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {formatRange(first, last)}; the days of the evidence stand out
            </Typography>
            <StackedChart label="Effective cost by day" currency={finding.currency} height={140} points={points} series={[{ id: 'cost', label: 'Effective cost', color: seriesColor('sky') }]} />
          </>
        );
      }}
    </QueryView>
  );
}
