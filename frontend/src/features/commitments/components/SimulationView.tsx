import Box from '@mui/material/Box';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatMoney } from '../../../lib/money';
import type { SimulationInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { Card } from '../../../ui/Card';
import { LineChart } from '../../../ui/charts/LineChart';
import { ExportMenu } from '../../../ui/ExportMenu';
import { Money } from '../../../ui/Money';
import { seriesColor } from '../../../ui/theme/seriesColor';
import { axisDigits, describeBreakEven, describeChoice, formatPart } from '../model';
import { curveTable } from '../tables';
import { DiscountNote } from './DiscountNote';
import { Facts } from '../../../ui/Facts';
import { LadderCard } from './LadderCard';
import { OptionsCard } from './OptionsCard';
import { PlanCard } from './PlanCard';
import { RecommendedCard } from './RecommendedCard';

type SimulationViewProps = {
  simulation: SimulationInfo;
  years: number;
  /** The place of the slider; null = at what saves most. */
  at: number | null;
  onAt: (at: number) => void;
};

const figure = { fontSize: '1.5rem', fontWeight: 620, fontVariantNumeric: 'tabular-nums', lineHeight: 1.3 };

/** The curve with its slider, what the chosen commitment would have done, and what to buy when. */
export function SimulationView({ simulation, years, at, onAt }: SimulationViewProps) {
  const { curve, pool } = simulation;
  const last = curve.length - 1;
  const best = last / 2;
  const [place, setPlace] = useState(at ?? best);
  const exportTable = useExportTable();
  const chosen = Math.min(place, last);
  const point = curve[chosen];
  if (!point) return null;
  const { currency } = pool;
  const hourly = (amount: string) => formatMoney(amount, currency, { digits: 4 });
  const result = simulation.backtest?.result;
  const digits = axisDigits(curve);
  return (
    <>
      <Card
        title="Saving by hourly commitment"
        sub={`${currency} a month`}
        actions={<ExportMenu of="the simulation" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'commitment simulation', table: curveTable(simulation), format })} />}
      >
        <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 1fr) 360px' } }}>
          <Box sx={{ minWidth: 0 }}>
            <LineChart
              label={`Saving a month by hourly commitment, ${currency}`}
              first="Commitment an hour"
              currency={currency}
              height={260}
              points={curve.map(({ hourlyCommitment: amount, expectedMonthlySaving: saving, downside }, index) => ({
                time: `at ${index}`,
                tick: formatMoney(amount, currency, { digits }),
                label: `${hourly(amount)} ${currency} an hour`,
                amounts: [saving, downside[1] ?? null, index === best ? saving : null, index === chosen ? saving : null],
                total: null,
                context: false,
              }))}
              series={[
                { id: 'saving', label: 'Saving', color: seriesColor('sky') },
                { id: 'downside', label: 'At 80 % of the usage', color: seriesColor('grey'), style: 'dashed' },
                { id: 'best', label: 'Saves most', color: seriesColor('green'), style: 'dots' },
                { id: 'chosen', label: 'Chosen', color: seriesColor('pink'), style: 'dots' },
              ]}
            />
            <Box sx={{ pl: '46px', pr: '2px' }}>
              <Slider
                aria-label="Commitment an hour"
                min={0}
                max={last}
                value={chosen}
                getAriaValueText={(value) => `${hourly(curve[value]?.hourlyCommitment ?? '0')} ${currency} an hour`}
                valueLabelDisplay="auto"
                valueLabelFormat={(value) => hourly(curve[value]?.hourlyCommitment ?? '0')}
                marks={[{ value: best, label: 'Saves most' }]}
                onChange={(_event, value) => setPlace(Number(value))}
                onChangeCommitted={(_event, value) => onAt(Number(value))}
              />
            </Box>
          </Box>
          <Box aria-live="polite">
            <Box sx={figure}>
              {hourly(point.hourlyCommitment)} <Box component="span" sx={{ fontSize: '0.8125rem', fontWeight: 450, color: 'text.secondary' }}>{currency} an hour</Box>
            </Box>
            <Box sx={{ mt: 1 }}>
              <Facts
                facts={[
                  ['Saving a month', <Money key="saving" amount={point.expectedMonthlySaving} currency={currency} />],
                  ['Utilisation', formatPart(point.utilisation)],
                  ['Coverage', formatPart(point.coverage)],
                  ['At 90 % of the usage', <Money key="90" amount={point.downside[0] ?? null} currency={currency} />],
                  ['At 80 % of the usage', <Money key="80" amount={point.downside[1] ?? null} currency={currency} />],
                  ['At 70 % of the usage', <Money key="70" amount={point.downside[2] ?? null} currency={currency} />],
                  ['Last four weeks alone', point.heldOut === null ? 'Less than eight weeks of usage' : <Money key="held" amount={point.heldOut} currency={currency} />],
                ]}
              />
            </Box>
          </Box>
        </Box>
        <Typography sx={{ mt: 1.5 }}>{describeChoice(simulation, point, years)}</Typography>
        <Typography>{describeBreakEven(simulation, years)}</Typography>
        {simulation.backtest && result && (
          <Typography>
            Back-test: what the usage before the last {simulation.backtest.heldOutHours / 168} weeks suggested, {hourly(result.hourlyCommitment)} {currency} an hour, would have saved <Money amount={result.expectedMonthlySaving} currency={currency} /> {currency} a month in these weeks. The best possible choice would have saved{' '}
            <Money amount={simulation.backtest.best.expectedMonthlySaving} currency={currency} /> {currency}.
          </Typography>
        )}
        <Typography>
          Cautious choice: {hourly(simulation.cautious.hourlyCommitment)} {currency} an hour is below nearly all weekly lows and would have saved <Money amount={simulation.cautious.expectedMonthlySaving} currency={currency} /> {currency} a month.
        </Typography>
        <DiscountNote simulation={simulation} />
      </Card>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' } }}>
        <PlanCard simulation={simulation} />
        <LadderCard simulation={simulation} years={years} />
      </Box>
      <OptionsCard simulation={simulation} />
      <RecommendedCard simulation={simulation} />
    </>
  );
}
