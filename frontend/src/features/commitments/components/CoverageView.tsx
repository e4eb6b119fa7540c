import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTheme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo, useState } from 'react';

import { formatMonth } from '../../../lib/days';
import type { CommitmentsInfo } from '../../../lib/wire';
import { useExportTable } from '../../../parts/useExportTable';
import { useTableMemory } from '../../../parts/useTableMemory';
import { Card } from '../../../ui/Card';
import { LineChart } from '../../../ui/charts/LineChart';
import { DataTable } from '../../../ui/DataTable/DataTable';
import type { Sort } from '../../../ui/DataTable/model';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { PartFilter } from '../../../ui/PartFilter';
import { Segmented } from '../../../ui/Segmented';
import { huesOf, seriesColor } from '../../../ui/theme/seriesColor';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { poolColumns } from '../columns';
import { coverageRows, measures, standsAlone, type Measure } from '../model';
import { monthsTable, poolsTable } from '../tables';
import { MonthsTable } from './MonthsTable';

/** Coverage and savings rate by month as a chart and as a table, and by pool of machines. */
export function CoverageView({ info }: { info: CommitmentsInfo }) {
  const { currency } = useLedgerView();
  const [measure, setMeasure] = useState<Measure>('coverage');
  const [chosen, setChosen] = useState<string | null>(null);
  const [sort, setSort] = useState<Sort | null>({ column: 'cost', desc: true });
  const exportTable = useExportTable();
  const memory = useTableMemory('pools');
  const wide = useMediaQuery(useTheme().breakpoints.up('xl'));

  const months = useMemo(() => info.months.filter((one) => one.currency === currency), [info.months, currency]);
  const pools = useMemo(() => info.pools.filter(({ pool }) => pool.currency === currency), [info.pools, currency]);
  const times = useMemo(() => [...new Set(pools.map(({ month }) => month))].sort().reverse(), [pools]);
  const month = chosen !== null && times.includes(chosen) ? chosen : (times[0] ?? '');
  const shown = useMemo(() => pools.filter((one) => one.month === month), [pools, month]);
  const columns = useMemo(() => poolColumns(currency, wide), [currency, wide]);
  const source = useLocalRows(shown, columns, sort);
  const { providers, rows } = coverageRows(months, measure);
  const hues = huesOf(providers);
  const label = measures.find(({ value }) => value === measure)?.label ?? '';

  return (
    <>
      <Card
        title={`${label} by month`}
        sub="%"
        actions={
          <>
            <Segmented label="Measure" value={measure} choices={[...measures]} onChange={setMeasure} />
            <ExportMenu of="coverage by month" pending={exportTable.isPending} disabled={months.length === 0} onExport={(format) => exportTable.mutate({ name: 'commitment coverage', table: monthsTable(months), format })} />
          </>
        }
      >
        {providers.length === 0 ? (
          <EmptyState title="Nothing is covered" text="No usage of these months was covered by a commitment, or no covered line has a list price." />
        ) : (
          <LineChart
            label={`${label} by month, %`}
            currency=""
            height={220}
            points={rows.map(({ month: time, shares }) => ({ time, tick: formatMonth(time, { year: false }), label: formatMonth(time), amounts: shares, total: null, context: false }))}
            series={providers.map((provider, at) => ({ id: provider, label: provider, color: seriesColor(hues[at] ?? 'grey'), style: standsAlone(rows.map(({ shares }) => shares[at] ?? null)) ? 'dots' : 'line' }))}
          />
        )}
        <MonthsTable months={months} />
        <Typography sx={{ color: 'text.secondary', mt: 1 }}>
          Coverage is an estimate: a bill does not show what could have been covered, so all usage of the services in which commitments were used in the month counts. Corrections are left out.
        </Typography>
      </Card>
      <Card
        title="Machines by pool"
        sub="Usage that one commitment can cover"
        actions={
          <>
            <PartFilter label="Month" all="Newest month" value={chosen} values={times} labelOf={(time) => formatMonth(time)} onChange={setChosen} />
            {chosen !== null && (
              <Button variant="text" onClick={() => setChosen(null)}>
                Newest month
              </Button>
            )}
            <ExportMenu of="coverage by pool" pending={exportTable.isPending} disabled={pools.length === 0} onExport={(format) => exportTable.mutate({ name: 'commitment pools', table: poolsTable(pools), format })} />
          </>
        }
      >
        <Box component="section" aria-label="Pools" sx={{ height: `min(max(280px, 40vh), ${Math.max(200, 32 * shown.length + 84)}px)`, display: 'flex', flexDirection: 'column', mt: 1 }}>
          {shown.length === 0 ? (
            <EmptyState title="No machines" text={`No usage in ${currency || 'this currency'} is for machines that commitments cover.`} />
          ) : (
            <DataTable label={`Pools, ${formatMonth(month)}`} columns={columns} source={source} sort={sort} onSort={setSort} memory={memory} resetKey={`${currency} ${month}`} noun="pool" />
          )}
        </Box>
      </Card>
    </>
  );
}
