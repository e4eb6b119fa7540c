import Typography from '@mui/material/Typography';

import { formatCounted, formatMoney } from '../../../lib/money';
import type { SimulationInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { describeWhen } from '../model';
import { ladderTable } from '../tables';
import { FigureTable } from '../../../ui/FigureTable';

/** The best commitment in four purchases, compared with all at once. */
export function LadderCard({ simulation, years }: { simulation: SimulationInfo; years: number }) {
  const { ladder, pool } = simulation;
  const { currency } = pool;
  if (!ladder) return null;
  const hourly = (amount: string) => formatMoney(amount, currency, { digits: 4 });
  const term = formatCounted(years, 'year');
  return (
    <Card title="Ladder" sub={`Four purchases instead of one, ${currency}`} actions={<ExportTable of="ladder" table={() => ladderTable(simulation)} />}>
      <FigureTable
        label="Purchases of the ladder"
        head={['When', 'Buy, an hour', 'Total, an hour', 'Saving a month']}
        rows={ladder.rungs.map(({ months, add, hourlyCommitment, expectedMonthlySaving }) => ({ key: String(months), cells: [describeWhen(months), hourly(add), hourly(hourlyCommitment), <Money key="saving" amount={expectedMonthlySaving} currency={currency} />] }))}
      />
      <FigureTable
        label="Ladder and block"
        head={[`Saving over ${term}`, 'Ladder', 'All at once']}
        rows={[
          { key: 'same', cells: ['Usage stays', <Money key="ladder" amount={ladder.termSaving} currency={currency} />, <Money key="block" amount={ladder.blockTermSaving} currency={currency} />] },
          ...ladder.downside.map(({ usagePercent, termSaving: saving, blockTermSaving: block }) => ({
            key: String(usagePercent),
            cells: [`Usage falls to ${usagePercent} % after 3 months`, <Money key="ladder" amount={saving} currency={currency} />, <Money key="block" amount={block} currency={currency} />],
          })),
        ]}
      />
      <Typography sx={{ color: 'text.secondary', mt: 1 }}>If usage falls, the ladder buys no more than the lower usage needs; what was bought at once stays for the whole term.</Typography>
    </Card>
  );
}
