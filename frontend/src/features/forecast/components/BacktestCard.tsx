import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatDay } from '../../../lib/days';
import { sign } from '../../../lib/decimal';
import type { ForecastInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { Facts } from '../../../ui/Facts';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { Pill } from '../../../ui/Pill';
import { describeBias, describeModels, describeTests, judgeBacktest, shareText, testsTable } from '../model';

/** What the same method was off in the past. */
export function BacktestCard({ info }: { info: ForecastInfo }) {
  const { backtest, models, currency } = info;
  const { wape, bias, daily, tests } = backtest;
  const verdict = judgeBacktest(wape);
  const newestFirst = [...tests].reverse();
  return (
    <Card title="Accuracy of past forecasts" sub={<Pill tone={verdict.tone}>{verdict.text}</Pill>} actions={<ExportTable of="past forecasts" disabled={tests.length === 0} table={() => testsTable(info)} />}>
      <Typography sx={{ color: 'text.secondary', mb: 1 }}>{describeTests(tests.length)}</Typography>
      <Box sx={{ display: 'grid', alignItems: 'start', gap: 3, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(420px, 0.8fr) minmax(0, 1.2fr)' } }}>
        <Facts
          facts={[
            ['Monthly error', wape === null ? 'Not tested' : `${shareText(wape)} of the cost (WAPE; target 12 %)`],
            ['Bias', bias === null ? 'Not tested' : describeBias(bias)],
            ['Daily error', daily === null ? 'Not tested' : `${shareText(daily)} of the cost`],
            ['Models used', describeModels(models)],
          ]}
        />
        {newestFirst.length > 0 && (
          <FigureTable
            label="Forecasts from past month ends"
            head={['Forecast on', 'Months', `Forecast, ${currency}`, `Actual, ${currency}`, 'Error']}
            rows={newestFirst.map(({ asOf, months, forecast, actual, wape: off }) => ({
              key: asOf,
              cells: [formatDay(asOf), String(months), <Money key="forecast" amount={forecast} currency={currency} />, <Money key="actual" amount={actual} currency={currency} />, sign(actual) === 0 ? '–' : shareText(off)],
            }))}
          />
        )}
      </Box>
    </Card>
  );
}
