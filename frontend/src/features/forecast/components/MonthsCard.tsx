import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatMonth } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import type { ForecastInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { Card } from '../../../ui/Card';
import { Legend } from '../../../ui/charts/Legend';
import { StackedChart } from '../../../ui/charts/StackedChart';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { seriesColor } from '../../../ui/theme/seriesColor';
import { forecastTable, partsOf } from '../model';

/** Each month of the forecast taken apart, as a chart and as a table. */
export function MonthsCard({ info }: { info: ForecastInfo }) {
  const exportTable = useExportTable();
  const { months, currency } = info;
  const parts = partsOf(months);
  const series = parts.map(({ id, label, hue }) => ({ id, label, color: seriesColor(hue) }));
  const range = (low: string, high: string) => `${formatMoney(low, currency)} – ${formatMoney(high, currency)}`;
  return (
    <Card title="What the forecast is made of" sub={currency} actions={<ExportMenu label="Export forecast" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'forecast', table: forecastTable(info), format })} />}>
      {series.length > 1 && <Legend entries={series.map((one) => ({ series: one, note: null }))} />}
      {series.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>No cost is expected. One-time purchases and credits are not repeated.</Typography>
      ) : (
        <StackedChart
          label="Parts of the forecast by month"
          currency={currency}
          height={180}
          points={months.map((month) => ({ time: month.month, tick: formatMonth(month.month, { year: false }), label: formatMonth(month.month), amounts: parts.map((part) => part.of(month)), total: month.forecast, context: false }))}
          series={series}
        />
      )}
      <Box sx={{ mt: 1.5 }}>
        <FigureTable
          label="Forecast by month"
          folded={[...parts.map((_, at) => at + 1), parts.length + 3]}
          head={['Month', ...parts.map(({ label }) => label), 'Forecast', '80 % range', '95 % range']}
          rows={months.map((month) => ({
            key: month.month,
            cells: [
              formatMonth(month.month),
              ...parts.map((part) => (part.id === 'actual' && month.actual === null ? '–' : <Money key={part.id} amount={part.of(month)} currency={currency} />)),
              <strong key="forecast">
                <Money amount={month.forecast} currency={currency} />
              </strong>,
              range(month.low80, month.high80),
              range(month.low95, month.high95),
            ],
          }))}
        />
      </Box>
    </Card>
  );
}
