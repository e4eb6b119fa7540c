import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';

import { useBridge } from '../../../bridge/useBridge';
import { formatRange } from '../../../lib/days';
import { metricLabels } from '../../../lib/metric';
import { formatCounted } from '../../../lib/money';
import { Card } from '../../../ui/Card';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { useToast } from '../../../ui/toast';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { usePageParam } from '../../../ui/view/usePageParam';
import { breakdownCsv } from '../csv';
import { dimensionIds, dimensionOf } from '../dimensions';
import { scopeOf, useBreakdown, type Breakdown } from '../queries';
import { BreakdownTable } from './BreakdownTable';
import { Picker } from './Picker';

const few = 10;
const many = 100;

/** The bill taken apart, by what the person chooses. */
export function BreakdownCard({ view }: { view: LedgerView }) {
  const { app } = useBridge();
  const toast = useToast();
  const [by, setBy] = usePageParam('by', dimensionIds, 'service');
  const [length, setLength] = usePageParam('rows', ['few', 'many'], 'few');
  const scope = scopeOf(view);
  const breakdown = useBreakdown(scope, by, length === 'many' ? many : few);
  const dimension = dimensionOf(by);
  const choices = dimensionIds.map((id) => ({ value: id, label: dimensionOf(id).label.toLowerCase() }));

  const save = async (data: Breakdown) => {
    try {
      const path = await app.SaveText(`${dimension.plural} ${scope.from} to ${scope.to}.csv`, breakdownCsv(data, scope));
      if (path !== '') toast({ text: `Saved as ${path}` });
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : 'The table could not be saved.', tone: 'error' });
    }
  };
  const { data } = breakdown;
  const sub = `${metricLabels[view.metric].toLowerCase()} cost, ${formatRange(view.from, view.to)}${data ? `, ${formatCounted(data.groups, dimension.label.toLowerCase(), dimension.plural)}` : ''}`;

  return (
    <Card
      title={`${dimension.plural.charAt(0).toUpperCase()}${dimension.plural.slice(1)}`}
      sub={sub}
      actions={
        <>
          <Picker label="Group by" value={by} choices={choices} onChange={setBy} />
          <Button variant="text" disabled={!data || breakdown.isPlaceholderData} onClick={() => data && void save(data)} sx={{ fontSize: '0.75rem' }}>
            Export CSV
          </Button>
        </>
      }
    >
      <QueryView
        query={breakdown}
        skeleton={<Skeleton variant="rounded" height={360} sx={{ mt: 1 }} />}
        errorTitle="The table could not be worked out"
        isEmpty={(known) => known.rows.length === 0}
        empty={
          <EmptyState
            title="No charges here"
            text={view.filters.length > 0 ? 'No charge of this period matches the filters.' : 'This period has no charges in this currency.'}
            action={
              <Button variant="outlined" onClick={() => (view.filters.length > 0 ? view.clearFilters() : view.setPreset('all'))}>
                {view.filters.length > 0 ? 'Remove the filters' : 'Show all time'}
              </Button>
            }
          />
        }
      >
        {(known) => (
          <Box sx={{ opacity: breakdown.isPlaceholderData ? 0.6 : 1, overflowX: 'auto' }}>
            <BreakdownTable breakdown={known} view={view} onMore={known.rows.length < Math.min(known.groups, many) ? () => setLength('many') : undefined} />
          </Box>
        )}
      </QueryView>
    </Card>
  );
}
