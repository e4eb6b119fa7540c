import { useState } from 'react';

import type { SavingsInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { Card } from '../../../ui/Card';
import { BarChart } from '../../../ui/charts/BarChart';
import { ExportMenu } from '../../../ui/ExportMenu';
import { Segmented } from '../../../ui/Segmented';
import { seriesColor } from '../../../ui/theme/seriesColor';
import { describePart, type PartKind, partKinds, partsTable } from '../progress';

/** The most bars that are shown; the export has all. */
const most = 8;

/** The total divided by team, provider, effort or confidence. */
export function PartsCard({ info, currency }: { info: SavingsInfo; currency: string }) {
  const [by, setBy] = useState<PartKind>('team');
  const exportTable = useExportTable();
  const all = info.parts.filter((part) => part.by === by && part.currency === currency);
  const rows = all.slice(0, most).map(({ value, net, findings }) => ({ id: value, label: `${describePart(by, value)} (${findings})`, amount: net, color: seriesColor('sky') }));
  return (
    <Card
      title="Savings by"
      sub={`Net ${currency} a month${all.length > most ? `, the largest ${most} of ${all.length}` : ''}`}
      actions={
        <>
          <Segmented label="Divide by" choices={partKinds} value={by} onChange={setBy} />
          <ExportMenu label="Export parts" pending={exportTable.isPending} disabled={all.length === 0} onExport={(format) => exportTable.mutate({ name: 'savings-parts', table: partsTable(info.parts, currency), format })} />
        </>
      }
    >
      <BarChart
        label={`Net savings a month by ${by}`}
        currency={currency}
        height={27 * Math.max(1, rows.length) + 8}
        first={partKinds.find(({ value }) => value === by)?.label ?? ''}
        figure="Net a month"
        rows={rows}
        problem={rows.length === 0 ? 'Nothing is in the total.' : undefined}
      />
    </Card>
  );
}
