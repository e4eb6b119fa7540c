import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';

import { formatDay } from '../../../lib/days';
import { formatMoney, fullMoney } from '../../../lib/money';
import type { AssessmentResult, MigrationLine } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Legend } from '../../../ui/charts/Legend';
import { StackedChart } from '../../../ui/charts/StackedChart';
import { DataTable } from '../../../ui/DataTable/DataTable';
import type { Column, Sort } from '../../../ui/DataTable/model';
import { useLocalRows } from '../../../ui/DataTable/useLocalRows';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { Pill } from '../../../ui/Pill';
import { optionLabel } from '../model/labels';
import { componentPoints, components, providerName } from '../model/result';
import { ExportPart } from './ExportPart';
import { ProviderChoice } from './ProviderChoice';

const terms = [
  { id: 'onDemand', label: 'On demand' },
  { id: 'oneYear', label: 'One year' },
  { id: 'threeYear', label: 'Three years' },
  { id: 'flexOneYear', label: 'One year, flexible' },
  { id: 'flexThreeYear', label: 'Three years, flexible' },
] as const;

const money = (id: string, header: string, value: (line: MigrationLine) => string | null, secondary?: number): Column<MigrationLine> => ({ id, header, kind: 'number', width: 104, secondary, value, unit: () => 'USD', display: (line) => (value(line) === null ? '–' : formatMoney(value(line), 'USD')), title: (line) => fullMoney(value(line), 'USD') });

const columns: Column<MigrationLine>[] = [
  { id: 'name', header: 'Workload', kind: 'text', width: 190, value: (line) => line.name },
  { id: 'target', header: 'Target', kind: 'text', width: 150, value: (line) => line.target, display: (line) => line.target ?? '–' },
  { id: 'runnerUp', header: 'Runner-up', kind: 'text', width: 150, secondary: 3, value: (line) => line.runnerUp, display: (line) => line.runnerUp ?? '–' },
  { id: 'strategy', header: 'Strategy', kind: 'text', whole: true, secondary: 1, value: (line) => optionLabel('', line.strategy) },
  {
    id: 'counted',
    header: 'In the totals',
    kind: 'text',
    whole: true,
    value: (line) => (line.counted ? 'Yes' : line.unpriced.length > 0 ? `No price: ${line.unpriced.join(', ')}` : 'No'),
    render: (line) => (line.counted ? 'Yes' : <Pill tone="bad">{line.unpriced.length > 0 ? `No price: ${line.unpriced.join(', ')}` : 'No'}</Pill>),
  },
  money('monthly', 'Monthly, USD', (line) => line.monthly),
  ...components.map(({ id, label }, at) => money(id, label, (line) => line.components?.[id] ?? null, 10 + at)),
  { id: 'prices', header: 'Prices from, of', kind: 'text', width: 260, secondary: 4, value: (line) => shownPrices(line) },
  { id: 'reason', header: 'Why', kind: 'text', width: 420, secondary: 2, value: (line) => line.reason },
];

/** The source and the day of the oldest price of each component. */
function shownPrices({ prices = [] }: MigrationLine): string {
  return prices.map(({ component, source, asOf }) => `${components.find(({ id }) => id === component)?.label ?? component}: ${source} ${asOf}`).join('; ');
}

/** Monthly cost by component and term, and by workload with its target. */
export function CostsTab({ data: { name, result } }: { data: AssessmentResult }) {
  const priced = result.providers.filter((one) => one.monthly);
  const [chosen, setChosen] = useState('');
  const one = priced.find(({ provider }) => provider === chosen) ?? priced[0];
  const points = useMemo(() => componentPoints(result.providers), [result]);
  const head = ['', ...priced.map(({ provider }) => providerName(provider))];
  return (
    <>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Card title="Monthly cost by component" sub={`USD, at ${optionLabel('', result.basis.purchaseOption).toLowerCase()}`}>
          <Legend entries={components.map((series) => ({ series, note: null }))} />
          <StackedChart label="Monthly cost by component" currency="USD" height={240} points={points} series={[...components]} />
          <FigureTable
            label="Monthly cost by component, figures"
            head={head}
            rows={[
              ...components.map(({ id, label }) => ({ key: id, cells: [label, ...priced.map(({ provider, monthly }) => <Money key={provider} amount={monthly?.[id] ?? null} currency="USD" />)] })),
              { key: 'total', cells: [<strong key="name">Total</strong>, ...priced.map(({ provider, monthly }) => <strong key={provider}><Money amount={monthly?.total ?? null} currency="USD" /></strong>)] },
            ]}
          />
        </Card>
        <Card title="Terms" sub="the same workloads, virtual machines on each term; USD a month">
          <FigureTable label="Terms" head={head} rows={terms.map(({ id, label }) => ({ key: id, cells: [label, ...priced.map(({ provider, terms: totals }) => <Money key={provider} amount={totals?.[id] ?? null} currency="USD" />)] }))} />
          <Box sx={{ display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', mt: 2 }}>
            <Typography variant="h2" component="h3">
              Price tables
            </Typography>
            <ExportPart name={name} part="prices" of="price tables" />
          </Box>
          <Typography sx={{ color: 'text.secondary' }}>
            The oldest price used of each table
          </Typography>
          <FigureTable label="Price tables" head={['Table', 'Oldest price']} rows={Object.entries(result.priceBook.tables).sort(([a], [b]) => (a < b ? -1 : 1)).map(([table, day]) => ({ key: table, cells: [optionLabel('', table), formatDay(day)] }))} />
        </Card>
      </Box>
      {one && (
        <Card title="Workloads" sub="target and monthly cost" actions={<ProviderChoice providers={priced} value={one.provider} onChange={setChosen} />}>
          <Lines key={one.provider} lines={one.workloads} label={`Workloads on ${providerName(one.provider)}`} />
        </Card>
      )}
    </>
  );
}

function Lines({ lines, label }: { lines: MigrationLine[]; label: string }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const source = useLocalRows(lines, columns, sort);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: Math.min(560, 120 + lines.length * 32), mt: 1 }}>
      <DataTable label={label} columns={columns} source={source} sort={sort} onSort={setSort} noun="workload" />
    </Box>
  );
}
