import Typography from '@mui/material/Typography';

import { formatDay, formatInstant } from '../../../lib/days';
import type { BudgetDetailInfo, BudgetThreshold } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { describeThreshold } from '../model';

/** The thresholds of a budget: which are reached, and who was alerted. */
export function AlertsCard({ detail: { standing, raised } }: { detail: BudgetDetailInfo }) {
  const same = (a: BudgetThreshold) => (b: BudgetThreshold) => a.kind === b.kind && a.percent === b.percent;
  return (
    <Card title="Alerts" sub="each is raised once, however often bills are imported again">
      <FigureTable
        label="Thresholds"
        folded={[3]}
        head={['Threshold', 'Reached', 'Alert raised', 'Sent to']}
        rows={standing.budget.thresholds.map((threshold) => {
          const reached = standing.reached.find(same(threshold));
          const alert = raised.find((one) => same(threshold)(one.threshold));
          return {
            key: `${threshold.kind} ${threshold.percent}`,
            cells: [describeThreshold(threshold, standing.budget.currency), reached ? formatDay(reached.crossedAt) : '–', alert ? formatInstant(alert.seenAt) : '–', alert?.sentTo.join(', ') || '–'],
          };
        })}
      />
      {standing.reached.length > raised.length && (
        <Typography sx={{ color: 'text.secondary', mt: 1 }}>Thresholds reached before the budget was created or changed, or after its period ended, raise no alert.</Typography>
      )}
    </Card>
  );
}
