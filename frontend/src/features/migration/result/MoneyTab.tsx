import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';

import { formatMoney } from '../../../lib/money';
import type { AssessmentResult, MigrationOneOff } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { LineChart } from '../../../ui/charts/LineChart';
import { RangeChart } from '../../../ui/charts/RangeChart';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { ordered, providerColor, providerName, savingPoints, shownScore } from '../model/result';
import { ProviderChoice } from './ProviderChoice';

const oneOffParts: { id: Exclude<keyof MigrationOneOff, 'note'>; label: string }[] = [
  { id: 'labour', label: 'Labour' },
  { id: 'dataOut', label: 'Egress at the source' },
  { id: 'training', label: 'Training' },
  { id: 'tooling', label: 'Tools' },
  { id: 'partner', label: 'Partners' },
  { id: 'dualRun', label: 'Dual run' },
  { id: 'stranded', label: 'Stranded commitments' },
  { id: 'contingency', label: 'Contingency' },
];

/** One-off cost, cash flow and what matters most for it. */
export function MoneyTab({ data: { result } }: { data: AssessmentResult }) {
  const priced = result.providers.filter((one) => one.monthly);
  const [chosen, setChosen] = useState('');
  const one = priced.find(({ provider }) => provider === chosen) ?? priced[0];
  const points = useMemo(() => savingPoints(result.providers), [result]);
  const series = priced.map(({ provider }) => ({ id: provider, label: providerName(provider), color: providerColor(provider) }));
  const head = ['', ...priced.map(({ provider }) => providerName(provider))];
  return (
    <>
      <Card title="Cumulative saving" sub={`USD against today, one-off cost taken off, over ${result.basis.horizonMonths} months`}>
        <LineChart label="Cumulative saving" currency="USD" height={260} points={points} series={series} first="Month" problem={points.length === 0 ? 'The cost of today is unknown, so that there is nothing to compare with. Enter it in step 1.' : undefined} />
        <FigureTable
          label="Return"
          head={head}
          rows={[
            { key: 'npv', cells: [`Net present value, ${formatMoney(result.basis.waccPct, '', { digits: 1 })} % a year`, ...priced.map(({ provider, npv }) => <Money key={provider} amount={npv} currency="USD" />)] },
            { key: 'payback', cells: ['Payback, months', ...priced.map(({ npv, paybackMonth }) => (npv === null ? 'Unknown' : paybackMonth === null ? 'None in the horizon' : shownScore(paybackMonth)))] },
            { key: 'horizon', cells: ['Cost of run and move, discounted', ...priced.map(({ provider, horizonCost }) => <Money key={provider} amount={horizonCost} currency="USD" />)] },
          ]}
        />
      </Card>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Card title="One-off cost" sub="likely; USD">
          <FigureTable
            label="One-off cost"
            head={head}
            rows={[
              ...oneOffParts.map(({ id, label }) => ({ key: id, cells: [label, ...priced.map(({ provider, oneOffParts: all }) => <Money key={provider} amount={all?.[id] ?? null} currency="USD" />)] })),
              { key: 'total', cells: [<strong key="name">Total</strong>, ...priced.map(({ provider, oneOff }) => <strong key={provider}><Money amount={oneOff} currency="USD" /></strong>)] },
            ]}
          />
          {priced.flatMap(({ provider, oneOffParts: all }) =>
            all?.note ? (
              <Typography key={provider} variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
                {providerName(provider)}: {all.note}
              </Typography>
            ) : (
              []
            ),
          )}
        </Card>
        {one && (
          <Card title="What matters most" sub="net present value from the low to the high assumption; USD" actions={<ProviderChoice providers={priced} value={one.provider} onChange={setChosen} />}>
            <RangeChart
              label={`What matters most on ${providerName(one.provider)}`}
              currency="USD"
              height={Math.max(120, one.tornado.length * 28)}
              first="Assumption"
              problem={one.tornado.length === 0 ? 'The cost of today is unknown.' : undefined}
              rows={one.tornado.map((bar) => {
                const [low, high] = ordered(bar.npvLow, bar.npvHigh);
                return { id: bar.assumption, label: `${bar.assumption}, ${bar.low} to ${bar.high}`, low, high, color: providerColor(one.provider) };
              })}
            />
          </Card>
        )}
      </Box>
      {one && (
        <Card title="Cash flow" sub="USD by month of the plan" actions={<ProviderChoice providers={priced} value={one.provider} onChange={setChosen} />}>
          <Box sx={{ maxHeight: 420, overflow: 'auto' }} tabIndex={0} role="region" aria-label="Cash flow by month">
            <FigureTable
              label={`Cash flow on ${providerName(one.provider)}`}
              folded={[2, 3, 4]}
              head={['Month', 'Today', 'Source', 'Destination', 'One-off', 'Saving', 'Cumulative']}
              rows={one.cashFlow.map((month) => ({ key: String(month.month), cells: [String(month.month + 1), ...[month.current, month.source, month.target, month.oneOff, month.saving, month.cumulative].map((amount, at) => <Money key={at} amount={amount} currency="USD" />)] }))}
            />
          </Box>
        </Card>
      )}
    </>
  );
}
