import Typography from '@mui/material/Typography';

import { formatDay } from '../../../lib/days';
import type { SavingsStanding } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { Card } from '../../../ui/Card';
import { ExportMenu } from '../../../ui/ExportMenu';
import { Money } from '../../../ui/Money';
import { Pill } from '../../../ui/Pill';
import { shortResource } from '../model';
import { describeMeasured, describeOutcome, doneOf, doneTable } from '../progress';
import { DoneTable } from './DoneTable';

/** What is done, measured on the bills since: the cost a month before and after. */
export function DoneCard({ standing, currency }: { standing: SavingsStanding; currency: string }) {
  const exportTable = useExportTable();
  const list = doneOf(standing.tracked, currency);
  const total = standing.totals.find((one) => one.currency === currency);
  if (list.length === 0 || !total) {
    return (
      <Card title="Realised savings">
        <Typography sx={{ color: 'text.secondary' }}>No finding is done yet. Once one is, the bills that follow show what it saves.</Typography>
      </Card>
    );
  }
  return (
    <Card
      title="Realised savings"
      sub={describeMeasured(total.findings, total.waiting)}
      actions={<ExportMenu label="Export realised savings" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'realised-savings', table: doneTable(list), format })} />}
    >
      <Typography sx={{ mb: 1 }}>
        <Money amount={total.saved} currency={currency} /> {currency} a month saved, of <Money amount={total.promised} currency={currency} /> that the measured findings promised.
      </Typography>
      <DoneTable
        currency={currency}
        rows={list.map(({ id, title, resourceId, promised: net, progress, measured }) => {
          const outcome = describeOutcome(measured?.outcome ?? 'waiting');
          return {
            id,
            what: [title, shortResource(resourceId)].filter(Boolean).join(' · '),
            resource: resourceId,
            doneOn: formatDay(progress.doneOn),
            amounts: [net, measured?.before ?? null, measured?.after ?? null, measured?.saved ?? null],
            outcome: (
              <span title={measured?.reason || undefined}>
                <Pill tone={outcome.tone}>{outcome.text}</Pill>
              </span>
            ),
          };
        })}
      />
    </Card>
  );
}
