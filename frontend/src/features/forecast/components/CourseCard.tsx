import type { ForecastInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { LineChart } from '../../../ui/charts/LineChart';
import { seriesColor } from '../../../ui/theme/seriesColor';
import { bandsOf, courseOf } from '../model';

/** What the months came to and will come to, with the bands in which that is expected. */
export function CourseCard({ info }: { info: ForecastInfo }) {
  const course = courseOf(info);
  const months = course.points.filter(({ amounts }) => amounts[0] !== null).length;
  return (
    <Card title="Cost by month" sub={info.currency}>
      <LineChart
        label="Cost by month, actual and forecast"
        currency={info.currency}
        height={280}
        points={course.points}
        series={[
          { id: 'actual', label: 'Actual', color: seriesColor('sky'), style: months > 1 ? 'line' : 'dots' },
          { id: 'forecast', label: 'Forecast', color: seriesColor('pink'), style: info.months.length > 1 ? 'dashed' : 'dots' },
        ]}
        bands={bandsOf(course, seriesColor('pink'), seriesColor('grey'))}
      />
    </Card>
  );
}
