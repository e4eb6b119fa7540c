import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';

import { formatDay } from '../../../lib/days';
import type { BudgetDetailInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { LineChart } from '../../../ui/charts/LineChart';
import type { ChartBand, ChartPoint } from '../../../ui/charts/model';
import { seriesColor } from '../../../ui/theme/seriesColor';

/** The course of a period: what was spent to each day, what was expected, what is expected now, and what may be spent. */
export function BurnCard({ detail }: { detail: BudgetDetailInfo }) {
  const { standing, days } = detail;
  const { currency } = standing.budget;
  const [asTable, setAsTable] = useState(false);
  const { points, bands } = useMemo(() => {
    // The forecast begins where the actual ends.
    const from = (day: BudgetDetailInfo['days'][number], value: string | null) => (day.day === standing.asOf && standing.forecast !== null ? day.actual : value);
    const band: ChartBand = { id: 'band', label: '80 % range', color: seriesColor('purple'), low: days.map((day) => from(day, day.low80)), high: days.map((day) => from(day, day.high80)) };
    return {
      points: days.map((day): ChartPoint => ({
        time: day.day,
        tick: formatDay(day.day, { year: false }),
        label: formatDay(day.day),
        amounts: [day.actual, day.pace, from(day, day.forecast), standing.amount],
        total: null,
        context: false,
      })),
      bands: days.some((day) => day.low80 !== null) ? [band] : [],
    };
  }, [days, standing]);
  return (
    <Card
      title="Burn"
      sub={`cost from the first day of the period on, ${currency}`}
      actions={
        <Button variant="text" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show the chart' : 'Show the figures'}
        </Button>
      }
    >
      <LineChart
        label={`Cost to date and forecast of ${standing.budget.name}, ${currency}`}
        currency={currency}
        height={280}
        asTable={asTable}
        points={points}
        bands={bands}
        series={[
          { id: 'actual', label: 'Actual', color: seriesColor('sky') },
          { id: 'pace', label: 'Expected to date', color: seriesColor('grey'), style: 'dashed' },
          { id: 'forecast', label: 'Forecast', color: seriesColor('purple'), style: 'dashed' },
          { id: 'amount', label: 'Budget', color: seriesColor('pink') },
        ]}
      />
    </Card>
  );
}
