import { formatDay } from '../../../lib/days';
import type { SavingsRecordInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { Card } from '../../../ui/Card';
import { LineChart } from '../../../ui/charts/LineChart';
import { ExportMenu } from '../../../ui/ExportMenu';
import { seriesColor } from '../../../ui/theme/seriesColor';
import { historyOf, historyTable } from '../progress';

/** What could be saved, and what was, after each import. */
export function HistoryCard({ history, currency }: { history: SavingsRecordInfo[]; currency: string }) {
  const exportTable = useExportTable();
  const records = historyOf(history, currency);
  return (
    <Card
      title="Over the imports"
      sub={`Net ${currency} a month`}
      actions={<ExportMenu label="Export history" pending={exportTable.isPending} disabled={records.length === 0} onExport={(format) => exportTable.mutate({ name: 'savings-history', table: historyTable(history, currency), format })} />}
    >
      <LineChart
        label="Savings found and realised after each import"
        currency={currency}
        height={150}
        points={records.map(({ record, total }) => ({
          time: record.foundAt,
          tick: formatDay(record.asOf, { year: false }),
          label: `Charges through ${formatDay(record.asOf)}`,
          amounts: [total.net, total.realised],
          total: null,
          context: false,
        }))}
        series={[
          { id: 'found', label: 'Savings found', color: seriesColor('sky'), style: records.length === 1 ? 'dots' : 'line' },
          { id: 'realised', label: 'Realised', color: seriesColor('green'), style: records.length === 1 ? 'dots' : 'line' },
        ]}
        problem={records.length === 0 ? 'Totals are kept from the next examination on.' : undefined}
      />
    </Card>
  );
}
