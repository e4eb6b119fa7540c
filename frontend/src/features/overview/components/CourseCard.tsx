import BarChartIcon from '@mui/icons-material/BarChartRounded';
import TableIcon from '@mui/icons-material/TableRowsOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatMonth, formatRange } from '../../../lib/days';
import type { SpendSeries } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { ChartRoom } from '../../../ui/charts/ChartRoom';
import { Legend } from '../../../ui/charts/Legend';
import { StackedChart } from '../../../ui/charts/StackedChart';
import { QueryView } from '../../../ui/QueryView';
import { Segmented } from '../../../ui/Segmented';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { usePageParam } from '../../../ui/view/usePageParam';
import { courseChart, namedIn, roundsToZero } from '../chart';
import { dimensionOf, labelInText } from '../dimensions';
import { pickedPeriod } from '../model';
import { withEstimate } from '../estimate';
import { isOld, scopeOf, useCostCourse, useEstimate, type CostCourse } from '../queries';
import { useColumnParam } from '../useColumnParam';
import { EstimateNote } from './EstimateNote';
import { GroupPicker } from './GroupPicker';

const grains = ['day', 'month', 'usual'] as const;
const switches = ['off', 'on'] as const;
const height = 272;

function spanOf({ from, to, points, grain }: SpendSeries): string {
  if (grain === 'day') return formatRange(from, to);
  return points.length > 1 ? `${formatMonth(from)} – ${formatMonth(to)}` : formatMonth(to);
}

/** The course of cost over time. A click on a day or month, or a span drawn over several, becomes the period of the page. */
export function CourseCard({ view }: { view: LedgerView }) {
  const [stack, setStack] = useColumnParam('stack', 'provider');
  const [chosen, setGrain] = usePageParam('grain', grains, 'usual');
  const [estimating, setEstimating] = usePageParam('estimate', switches, 'off');
  const [asTable, setAsTable] = useState(false);
  const scope = scopeOf(view);
  const course = useCostCourse(scope, stack, chosen);
  // Until it is answered what the usual step is, none is marked.
  const grain = chosen === 'usual' ? course.data?.grain : chosen;
  const wanted = estimating === 'on' && grain === 'day';
  const estimate = useEstimate(scope, wanted);
  const title = grain === undefined ? 'Cost' : grain === 'day' ? 'Daily cost' : 'Monthly cost';

  const pickSeries = ({ column, spend }: CostCourse) => (at: number) => {
    const keys = namedIn(spend).map(({ key }) => key);
    // The one place after the named things is "Other": everything that is none of them.
    view.addFilter(at < keys.length ? { column, op: 'in', values: [keys[at] ?? null] } : { column, op: 'not_in', values: keys });
  };
  const pickSpan = ({ spend }: CostCourse) => (from: number, to: number) => {
    const held = view.facts.currencies.find(({ code }) => code === view.currency) ?? view.facts;
    const period = pickedPeriod(spend.series?.points ?? [], from, to, held);
    if (period) view.setPeriod(period.from, period.to);
  };
  const series = course.data?.spend.series;
  const sub = series ? `${spanOf(series)}${view.currency ? `, ${view.currency}` : ''}` : undefined;

  return (
    <Card
      title={title}
      sub={sub}
      actions={
        <>
          <GroupPicker label="By" value={stack} onChange={setStack} />
          <Segmented label="Step" value={grain ?? 'usual'} choices={[{ value: 'day', label: 'Day' }, { value: 'month', label: 'Month' }]} onChange={setGrain} />
          {grain === 'day' && (
            <Button variant={wanted ? 'outlined' : 'text'} aria-pressed={wanted} onClick={() => setEstimating(wanted ? 'off' : 'on')} title="Forecast of the days up to yesterday that a provider has not delivered yet">
              Estimate missing days
            </Button>
          )}
          <Tooltip title={asTable ? 'Show the chart' : 'Show the figures'}>
            <IconButton size="small" aria-label={asTable ? 'Show the chart' : 'Show the figures'} onClick={() => setAsTable(!asTable)} sx={{ '& svg': { fontSize: 17 } }}>
              {asTable ? <BarChartIcon /> : <TableIcon />}
            </IconButton>
          </Tooltip>
        </>
      }
    >
      <QueryView query={course} what="the chart" skeleton={<Skeleton variant="rounded" height={height + 26} sx={{ mt: 1 }} />} errorTitle="The chart could not be drawn">
        {(data) => {
          const actual = courseChart(data, data.grain, scope);
          const { series: drawn, points } = wanted && estimate.data ? withEstimate(actual, estimate.data) : actual;
          const label = `${title} by ${labelInText(dimensionOf(stack))}`;
          const span = pickSpan(data);
          return (
            <Box sx={{ opacity: isOld(course) ? 0.6 : 1, display: 'flex', flexDirection: 'column', flex: 1 }}>
              <Legend entries={actual.series.map((one, at) => ({ series: one, note: actual.shares[at] ?? null }))} onPick={pickSeries(data)} />
              {roundsToZero(points, view.currency) && (
                <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                  The cost of each {data.grain} rounds to zero.
                </Typography>
              )}
              <ChartRoom height={height}>
                {(room) => <StackedChart label={label} points={points} series={drawn} currency={view.currency} height={room - 8} asTable={asTable} onPickPoint={(at) => span(at, at)} onSpan={span} />}
              </ChartRoom>
              {wanted && <EstimateNote estimate={estimate} />}
            </Box>
          );
        }}
      </QueryView>
    </Card>
  );
}
