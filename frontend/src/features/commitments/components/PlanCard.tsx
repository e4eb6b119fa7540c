import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatMoney } from '../../../lib/money';
import type { SimulationInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { describeRunning, describeWhen, formatPart, nameOf } from '../model';
import { purchasesTable } from '../tables';
import { Facts } from '../../../ui/Facts';
import { FigureTable } from '../../../ui/FigureTable';

/** What to buy now, and when running commitments end. */
export function PlanCard({ simulation }: { simulation: SimulationInfo }) {
  const { plan, running, deal, pool } = simulation;
  const { currency } = pool;
  const hourly = (amount: string) => formatMoney(amount, currency, { digits: 4 });
  return (
    <Card title="Purchase plan" sub={currency} actions={<ExportTable of="purchases" disabled={plan.length === 0} table={() => purchasesTable(simulation)} />}>
      {plan.length === 0 ? (
        <Typography>At this usage no commitment would save money.</Typography>
      ) : (
        <FigureTable
          label="Purchase plan"
          head={['When', 'Buy, an hour', 'Total, an hour', 'Saving a month', 'Utilisation']}
          rows={plan.map(({ months, add, hourlyCommitment, expectedMonthlySaving, utilisation }) => ({ key: String(months), cells: [describeWhen(months), hourly(add), hourly(hourlyCommitment), <Money key="saving" amount={expectedMonthlySaving} currency={currency} />, formatPart(utilisation)] }))}
        />
      )}
      {plan.length > 0 && (
        <Box sx={{ mt: 1.5 }}>
          <Facts
            facts={[
              ['Paid upfront now', <Money key="upfront" amount={deal.upfront} currency={currency} />],
              ['Paid each month', <Money key="monthly" amount={deal.monthly} currency={currency} />],
              ['Over the term', <Money key="total" amount={deal.total} currency={currency} />],
              ['Break-even month', deal.breakEvenMonth === 0 ? 'Not within the term' : String(deal.breakEvenMonth)],
            ]}
          />
        </Box>
      )}
      {running.length > 0 && (
        <>
          <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600, mt: 1.5, mb: 0.5 }}>
            Commitments that cover usage of this pool
          </Typography>
          {running.map((one) => (
            <Typography key={one.id} sx={{ overflowWrap: 'anywhere' }}>
              {nameOf(one)}. {describeRunning(one)}.
            </Typography>
          ))}
        </>
      )}
    </Card>
  );
}
