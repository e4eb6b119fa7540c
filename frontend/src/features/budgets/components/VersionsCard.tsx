import { formatInstant } from '../../../lib/days';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { describePeriod, versionsTable } from '../model';
import { useBudgetVersions } from '../queries';

/** The original budget and what became of it: who changed it, when and why. */
export function VersionsCard({ name, period }: { name: string; period: string }) {
  const versions = useBudgetVersions(name);
  const list = versions.data ?? [];
  return (
    <Card title="Versions" sub={`amounts of ${describePeriod(period)}`} actions={<ExportTable of="budget versions" disabled={list.length === 0} table={() => versionsTable(name, list)} />}>
      <FigureTable
        label="Versions"
        folded={[3, 4]}
        head={['Version', 'Amount', 'Changed', 'By', 'Reason']}
        rows={list.map((version) => ({
          key: String(version.version),
          cells: [
            version.version === 1 ? '1, original' : String(version.version),
            version.amounts.some((one) => one.period === period) ? <Money key="amount" amount={version.amounts.find((one) => one.period === period)?.amount ?? null} currency={version.currency} /> : '–',
            formatInstant(version.changedAt),
            version.changedBy || '–',
            version.reason || '–',
          ],
        }))}
      />
    </Card>
  );
}
