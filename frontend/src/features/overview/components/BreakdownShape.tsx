import { metricLabels } from '../../../lib/metric';
import { DonutChart } from '../../../ui/charts/DonutChart';
import { TreemapChart } from '../../../ui/charts/TreemapChart';
import { EmptyState } from '../../../ui/EmptyState';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { breakdownSlices } from '../chart';
import { labelInText } from '../dimensions';
import type { Breakdown } from '../queries';

/** The parts of the bill by their size: many as fields of a treemap, few as a donut. Credits have no size and are in the figures only; where nothing has a share, nothing has a size. */
export function BreakdownShape({ shape, breakdown: { dimension, spend }, view }: { shape: 'treemap' | 'donut'; breakdown: Breakdown; view: LedgerView }) {
  if (spend.noShare !== '') return <EmptyState title="Nothing to divide" text={spend.noShare} />;
  const Shape = shape === 'treemap' ? TreemapChart : DonutChart;
  return (
    <Shape
      label={`Cost by ${labelInText(dimension)}`}
      first={dimension.label}
      figure={`${metricLabels[view.metric]} cost`}
      currency={view.currency}
      height={shape === 'treemap' ? 340 : 280}
      slices={breakdownSlices(dimension.column, spend)}
      total={spend.total.amount ?? '0'}
    />
  );
}
