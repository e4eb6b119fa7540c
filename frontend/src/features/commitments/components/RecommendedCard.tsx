import Box from '@mui/material/Box';

import { formatMoney } from '../../../lib/money';
import type { RecommendationInfo, SimulationInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { describeRecommended, describeSource } from '../model';
import { recommendedTable } from '../tables';

/** What the provider itself recommends to buy beside the best commitment found here, with the difference explained; nothing where no document has any. */
export function RecommendedCard({ simulation }: { simulation: SimulationInfo }) {
  const { recommendations, pool } = simulation;
  if (recommendations.length === 0) return null;
  const hourly = (amount: string | null | undefined) => (amount ? formatMoney(amount, pool.currency, { digits: 4 }) : '–');
  return (
    <Card
      title={`Recommended by ${pool.provider}`}
      sub={`Beside the best commitment of the same terms found here, ${pool.currency}`}
      actions={<ExportTable of="recommendations" table={() => recommendedTable(simulation)} />}
    >
      <FigureTable
        label={`Recommended by ${pool.provider}`}
        folded={[1, 2, 3, 4, 5]}
        words={[5]}
        head={['Recommendation', 'Its commitment an hour', 'Its estimated saving a month', 'Best here, an hour', 'Saving of the best here, a month', 'Difference']}
        rows={recommendations.map((one, index) => ({
          key: String(index),
          cells: [
            <Recommendation key="said" one={one} />,
            hourly(one.hourlyCommitment),
            one.expectedMonthlySaving === null ? '–' : <Money key="saving" amount={one.expectedMonthlySaving} currency={one.currency || pool.currency} />,
            hourly(one.ours?.hourlyCommitment),
            one.ours ? <Money key="best" amount={one.ours.expectedMonthlySaving} currency={pool.currency} /> : '–',
            describeRecommended(one),
          ],
        }))}
      />
    </Card>
  );
}

/** A recommendation in the provider's words, and where it stands. */
function Recommendation({ one }: { one: RecommendationInfo }) {
  return (
    <Box sx={{ whiteSpace: 'normal', minWidth: 160 }}>
      {one.said}
      <Box sx={{ color: 'text.secondary', fontWeight: 400, overflowWrap: 'anywhere' }}>{describeSource(one)}</Box>
    </Box>
  );
}
