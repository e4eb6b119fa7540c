import Typography from '@mui/material/Typography';

import { formatDay, formatInstant } from '../../../lib/days';
import type { BudgetDetailInfo } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { thresholdStates, thresholdsTable } from '../model';

/** The thresholds of a budget: which are reached, and who was alerted. */
export function AlertsCard({ detail }: { detail: BudgetDetailInfo }) {
  const { standing, raised } = detail;
  return (
    <Card title="Alerts" sub="each is raised once in a period" actions={<ExportTable of="thresholds" table={() => thresholdsTable(detail)} />}>
      <FigureTable
        label="Thresholds"
        folded={[3]}
        head={['Threshold', 'Reached', 'Alert raised', 'Sent to']}
        rows={thresholdStates(standing, raised).map(({ key, text, reached, alert }) => ({
          key,
          cells: [text, reached ? formatDay(reached.crossedAt) : '–', alert ? formatInstant(alert.seenAt) : '–', alert?.sentTo.join(', ') || '–'],
        }))}
      />
      {standing.reached.length > raised.length && (
        <Typography sx={{ color: 'text.secondary', mt: 1 }}>Thresholds reached before the budget was created or changed, or after its period ended, raise no alert.</Typography>
      )}
    </Card>
  );
}
