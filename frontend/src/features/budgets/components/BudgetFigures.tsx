import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

import { sign } from '../../../lib/decimal';
import { formatDay } from '../../../lib/days';
import { formatRatio, shareMark } from '../../../lib/percent';
import type { BudgetStanding } from '../../../lib/wire';
import { StatePill } from '../../../parts/budgets/StatePill';
import { toneOf } from '../../../ui/Change';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { describeBreach, formatSigned } from '../model';

const figure = { fontSize: '1.5rem', fontWeight: 620, fontVariantNumeric: 'tabular-nums', lineHeight: 1.3, overflowWrap: 'anywhere' };

function Figure({ title, sub, amount, currency, children }: { title: string; sub: string; amount: string | null; currency: string; children: ReactNode }) {
  return (
    <Card title={title} sub={sub}>
      <Box sx={figure}>{amount === null ? '–' : <Money amount={amount} currency={currency} />}</Box>
      <Typography component="div" sx={{ color: 'text.secondary' }}>
        {children}
      </Typography>
    </Card>
  );
}

/** A difference with its share; above is warm. */
function Difference({ amount, ratio, currency, of }: { amount: string; ratio: string; currency: string; of: string }) {
  return (
    <>
      <Box component="span" sx={{ color: toneOf(sign(amount)), fontWeight: 570 }}>
        <Money amount={amount} currency={currency} signed />
        {ratio !== '' && ` (${formatSigned(ratio)})`}
      </Box>{' '}
      {of}
    </>
  );
}

/** The four figures of a period: what may be spent, was, was to be, and will be. */
export function BudgetFigures({ standing }: { standing: BudgetStanding }) {
  const { budget, amount, actual, paceExpected: pace, forecast, low80, high80, asOf, spent, left } = standing;
  const { currency } = budget;
  const over = sign(left) < 0;
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', lg: 'repeat(4, 1fr)' } }}>
      <Figure title="Budget" sub={currency} amount={amount} currency={currency}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <StatePill state={standing.state} />
          {sign(standing.rollOver) !== 0 && (
            <span>
              with <Money amount={standing.rollOver} currency={currency} signed /> rolled over
            </span>
          )}
        </Box>
      </Figure>
      <Figure title="Actual" sub={`to ${formatDay(asOf < standing.to ? asOf : standing.to)}`} amount={actual} currency={currency}>
        <LinearProgress role="meter" variant="determinate" value={100 * shareMark(actual, amount)} color={over ? 'warning' : 'primary'} aria-label="Part of the budget that is spent" sx={{ height: 6, borderRadius: 3, my: 0.75 }} />
        {formatRatio(spent) === null ? '' : `${formatRatio(spent) ?? ''} spent, `}
        <Money amount={over ? left.slice(1) : left} currency={currency} /> {over ? 'over' : 'left'}
      </Figure>
      <Figure title="Expected to date" sub="pace" amount={pace} currency={currency}>
        {standing.variance === null ? 'The period has not begun' : <Difference amount={standing.variance} ratio={standing.relative} currency={currency} of="actual vs pace" />}
      </Figure>
      <Figure title={standing.to <= asOf ? 'Total' : 'Forecast'} sub={`to ${formatDay(standing.to)}`} amount={forecast} currency={currency}>
        {standing.landing === null ? 'No forecast' : <Difference amount={standing.landing} ratio={standing.missed} currency={currency} of="forecast vs budget" />}
        {low80 !== null && high80 !== null && (
          <Box>
            80 % range{' '}
            <Box component="span" sx={{ display: 'inline-block' }}>
              <Money amount={low80} currency={currency} /> – <Money amount={high80} currency={currency} />
            </Box>
          </Box>
        )}
        <Box>{describeBreach(standing)}</Box>
      </Figure>
    </Box>
  );
}
