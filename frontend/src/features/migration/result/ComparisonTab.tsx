import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';

import { formatDay } from '../../../lib/days';
import { formatCounted, formatMoney } from '../../../lib/money';
import { formatRatio } from '../../../lib/percent';
import type { AssessmentResult, MigrationProvider } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { optionLabel } from '../model/labels';
import { headline, notScored, parts, providerName, shownScore, weighted } from '../model/result';
import { ProviderChoice } from './ProviderChoice';
import { Stars } from './Stars';

/** The providers side by side, and where each score comes from. */
export function ComparisonTab({ data: { result } }: { data: AssessmentResult }) {
  const { title, text } = headline(result);
  const ranked = result.providers;
  return (
    <>
      <Box role="status" aria-label="Recommendation">
        <Typography variant="h1" component="h2">
          {title}
        </Typography>
        <Typography sx={{ color: 'text.secondary' }}>{text}</Typography>
      </Box>
      {result.notCounted.length > 0 && (
        <Alert severity="warning">
          {formatCounted(result.notCounted.length, 'workload')} not in any total: {result.notCounted.map((one) => `${one.name} (${one.reason})`).join('; ')}
        </Alert>
      )}
      <Card title="Comparison" sub={`USD; monthly cost at ${optionLabel('', result.basis.purchaseOption).toLowerCase()}, over ${result.basis.horizonMonths} months`}>
        <FigureTable
          label="Comparison"
          head={['', ...ranked.map(({ provider }) => providerName(provider))]}
          rows={[
            row(ranked, 'Score, 0–100', (one) => (one.score ? <strong>{shownScore(one.score.total)}</strong> : notScored(one))),
            row(ranked, 'Confidence', (one) => <Stars stars={one.confidence.stars} />),
            row(ranked, 'Region', (one) => (one.region === null ? 'None' : <span title={one.regionReason}>{one.region}</span>)),
            ...(ranked.some((one) => one.discountPct) ? [row(ranked, 'Known discount, not on licences', (one) => (one.discountPct ? `${one.discountPct} %` : 'None'))] : []),
            row(ranked, 'Monthly', (one) => <Money amount={one.monthly?.total ?? null} currency="USD" />),
            row(ranked, 'One-off, likely', (one) => <Money amount={one.oneOff} currency="USD" />),
            row(ranked, 'One-off, low', (one) => <Money amount={one.oneOffLow} currency="USD" />),
            row(ranked, 'One-off, high', (one) => <Money amount={one.oneOffHigh} currency="USD" />),
            row(ranked, `Cost over ${result.basis.horizonMonths} months, discounted`, (one) => <Money amount={one.horizonCost} currency="USD" />),
            row(ranked, 'Net present value', (one) => <Money amount={one.npv} currency="USD" />),
            row(ranked, 'Return on investment', (one) => (one.roi === null ? '–' : (formatRatio(one.roi, 0) ?? '–'))),
            row(ranked, 'Payback, months', (one) => (one.npv === null ? 'Unknown' : one.paybackMonth === null ? 'None in the horizon' : shownScore(one.paybackMonth))),
            ...(ranked.some((one) => one.gates.length > 0) ? [row(ranked, 'Excluded because', (one) => <Box key="gates" component="span" sx={{ whiteSpace: 'normal' }}>{one.gates.map(({ message }) => message).join(' ') || '–'}</Box>)] : []),
          ]}
        />
      </Card>
      <ScoreCard data={result} />
    </>
  );
}

function row(providers: MigrationProvider[], name: string, cell: (one: MigrationProvider) => ReactNode) {
  return { key: name, cells: [name, ...providers.map(cell)] };
}

/** The parts of the score with what adds to each; they sum to the part as it is shown, and the weighted parts to the total. */
function ScoreCard({ data }: { data: AssessmentResult['result'] }) {
  const eligible = data.providers.filter((one) => one.score);
  const [chosen, setChosen] = useState('');
  const one = eligible.find(({ provider }) => provider === chosen) ?? eligible[0];
  if (!one?.score) return null;
  const { score } = one;
  return (
    <Card title="Where the score comes from" actions={<ProviderChoice providers={eligible} value={one.provider} onChange={setChosen} />}>
      <FigureTable
        label={`Score of ${providerName(one.provider)}`}
        head={['Part', 'Points of 100', 'Weight', 'Adds to the score']}
        rows={[
          ...parts.map(({ id, label }) => ({ key: id, cells: [label, shownScore(score[id]), `${data.basis.weights[id]} %`, formatMoney(weighted(score[id], data.basis.weights[id]), '', { digits: 2 })] })),
          { key: 'total', cells: [<strong key="name">Score</strong>, '', '100 %', <strong key="total">{shownScore(score.total)}</strong>] },
        ]}
      />
      {parts.map(({ id, label }) => (
        <Box key={id} sx={{ mt: 2 }}>
          <Typography variant="h2" component="h3">
            {label}: {shownScore(score[id])} points
          </Typography>
          <FigureTable
            label={`Contributions to ${label}`}
            head={['Contribution', 'Value', 'Weight', 'Points', 'Source', 'As of']}
            folded={[4, 5]}
            words={[1, 4]}
            rows={one.contributions.filter(({ part }) => part === id).map((entry, at) => ({ key: `${at} ${entry.label}`, cells: [entry.label, shownValue(entry.value), String(entry.weight), formatMoney(String(entry.points), '', { digits: 1 }), entry.source || '–', entry.asOf === '' ? '–' : shownDay(entry.asOf)] }))}
          />
        </Box>
      ))}
    </Card>
  );
}

/** A value, with thousands separators where it is an amount. */
function shownValue(text: string): string {
  const amount = /^(\d+(?:\.\d+)?) USD$/.exec(text)?.[1];
  return amount === undefined ? text : `${formatMoney(amount, 'USD')} USD`;
}

/** A day, or what the source says of one: a year or a month. */
function shownDay(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatDay(text) : text;
}
