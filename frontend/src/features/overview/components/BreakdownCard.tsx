import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

import { formatRange } from '../../../lib/days';
import { isEverything } from '../../../lib/filter';
import { metricLabels } from '../../../lib/metric';
import { formatCounted } from '../../../lib/money';
import { Card } from '../../../ui/Card';
import { lowered } from '../../../ui/columnLabel';
import { TableSkeleton } from '../../../ui/DataTable/TableSkeleton';
import { EmptyState } from '../../../ui/EmptyState';
import { ExportMenu } from '../../../ui/ExportMenu';
import { QueryView } from '../../../ui/QueryView';
import { Segmented } from '../../../ui/Segmented';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { usePageParam } from '../../../ui/view/usePageParam';
import { dimensionOf } from '../dimensions';
import { useRowOrder } from '../order';
import { isOld, scopeOf, useBreakdown, useExportBreakdown } from '../queries';
import { useColumnParam } from '../useColumnParam';
import { BookedLater } from './BookedLater';
import { BreakdownHeat } from './BreakdownHeat';
import { BreakdownShape } from './BreakdownShape';
import { BreakdownTable } from './BreakdownTable';
import { ComparedDays } from './ComparedDays';
import { GroupPicker } from './GroupPicker';

const shapes = ['table', 'treemap', 'donut', 'heat'] as const;
const few = 10;
const many = 100;

/** The bill taken apart, by what the person chooses. */
export function BreakdownCard({ view }: { view: LedgerView }) {
  const [by, setBy] = useColumnParam('by', 'service');
  const [order, setOrder] = useRowOrder();
  const [length, setLength] = usePageParam('rows', ['few', 'many'], 'few');
  const [shape, setShape] = usePageParam('parts', shapes, 'table');
  const scope = scopeOf(view);
  const exportRows = useExportBreakdown();
  const breakdown = useBreakdown(scope, by, order, length === 'many' ? many : few);
  const dimension = dimensionOf(by);

  const filtered = !isEverything(view.filter);
  const { data } = breakdown;
  const sub = `${metricLabels[view.metric].toLowerCase()} cost, ${formatRange(view.from, view.to)}${data ? `, ${formatCounted(data.spend.groups, lowered(dimension.label), dimension.plural)}` : ''}`;

  return (
    <Card
      title={`${dimension.plural.charAt(0).toUpperCase()}${dimension.plural.slice(1)}`}
      sub={sub}
      actions={
        <>
          <GroupPicker label="Group by" value={by} onChange={setBy} />
          <Segmented
            label="Show as"
            value={shape}
            choices={[
              { value: 'table', label: 'Table' },
              { value: 'treemap', label: 'Treemap' },
              { value: 'donut', label: 'Donut' },
              { value: 'heat', label: 'Heat map' },
            ]}
            onChange={setShape}
          />
          <ExportMenu variant="text" pending={exportRows.isPending} disabled={!data || breakdown.isPlaceholderData} onExport={(format) => exportRows.mutate({ scope, by, order, format })} sx={{ fontSize: '0.75rem' }} />
        </>
      }
    >
      <QueryView
        query={breakdown}
        what="the table"
        skeleton={<TableSkeleton rows={10} />}
        errorTitle="The table could not be calculated"
        isEmpty={(known) => known.spend.rows.length === 0}
        empty={
          <EmptyState
            title="No charges here"
            text={filtered ? 'No charge of this period matches the filters.' : 'This period has no charges in this currency.'}
            action={
              <Button variant="outlined" onClick={() => (filtered ? view.clearFilter() : view.setPreset('all'))}>
                {filtered ? 'Remove the filters' : 'Show all time'}
              </Button>
            }
          />
        }
      >
        {(known) => (
          <Box sx={{ opacity: isOld(breakdown) ? 0.6 : 1, overflowX: 'auto', containerType: 'inline-size' }}>
            {shape === 'table' ? (
              <>
                <ComparedDays comparison={known.spend.comparison} />
                {known.spend.comparison?.apart && <BookedLater apart={known.spend.comparison.apart} comparison={known.spend.comparison} view={view} />}
                {known.spend.noShare !== '' && <Box sx={{ fontSize: '0.75rem', color: 'text.secondary' }}>{known.spend.noShare}</Box>}
                <BreakdownTable breakdown={known} view={view} order={order} onOrder={setOrder} onMore={known.spend.rows.length < Math.min(known.spend.groups, many) ? () => setLength('many') : undefined} />
              </>
            ) : shape === 'heat' ? (
              <BreakdownHeat breakdown={known} view={view} />
            ) : (
              <BreakdownShape shape={shape} breakdown={known} view={view} />
            )}
          </Box>
        )}
      </QueryView>
    </Card>
  );
}
