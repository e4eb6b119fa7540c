import { useId } from 'react';
import { Area, Bar, CartesianGrid, ComposedChart, Line, Rectangle, ReferenceLine, XAxis, YAxis, type BarShapeProps } from 'recharts';

import { toMark } from '../../lib/decimal';
import { formatAxis } from '../../lib/money';
import { ChartFrame, type ChartProps } from './ChartFrame';
import { Columns } from './Columns';
import { axisOf, dataOf, edgesOf, marksOf, seriesAt, type ChartPoint, type ChartSeries } from './model';
import { axisText, plot, still, valueAt } from './plot';

type StackedChartProps = Omit<ChartProps, 'onPick'> & {
  points: ChartPoint[];
  series: ChartSeries[];
  /** The place of the clicked series, where points cannot be picked. */
  onPick?: (series: number) => void;
  /** The place of the clicked day or month. */
  onPickPoint?: (point: number) => void;
};

/** Bars narrower than this, in px, would fade; an area keeps its edge. */
const BAR_MIN = 1.5;

/** The part of a stack that is largest, for whoever picks by key. */
function largest(amounts: (string | null)[]): number {
  return amounts.reduce((best, amount, at) => (Math.abs(toMark(amount)) > Math.abs(toMark(amounts[best] ?? null)) ? at : best), 0);
}

/** Stacked bars over time; areas where there are more days than bars have room for. Incomplete points are hatched and say why; bars outside the period are pale. */
export function StackedChart({ points, series, onPick, onPickPoint, ...frame }: StackedChartProps) {
  const { height } = frame;
  const hatch = useId();
  const paint = ({ color, style }: ChartSeries) => (style === 'estimate' ? `url(#${hatch})` : color);
  const marks = marksOf(points);
  const { low, high, ticks } = axisOf(marks, series.length);
  const bar = (props: BarShapeProps) => <Rectangle {...props} fillOpacity={points[props.index ?? -1]?.context ? 0.4 : 1} />;
  const drawn = edgesOf(marks, series.length);
  const pick = (at: number, y: number | null) => {
    if (onPickPoint) return onPickPoint(at);
    const one = y === null ? largest(points[at]?.amounts ?? []) : seriesAt(marks[at] ?? {}, series.length, valueAt(y, height, low, high));
    if (one !== null) onPick?.(one);
  };
  return (
    <ChartFrame {...frame} data={dataOf(points, series)} first="Time" newestFirst onPick={onPick || onPickPoint ? pick : undefined}>
      {(width, mark) => (
        <>
          <ComposedChart data={drawn} width={width} height={height} stackOffset="sign" barCategoryGap={width / points.length < 5 ? 0 : points.length > 45 ? 1 : '18%'} margin={{ ...plot, left: 0 }} accessibilityLayer={false}>
            <defs>
              <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width={6} height={6} fill="var(--mui-palette-tone-line2)" />
                <rect width={2.5} height={6} fill="var(--mui-palette-text-secondary)" />
              </pattern>
            </defs>
            <CartesianGrid vertical={false} stroke="var(--mui-palette-tone-line2)" />
            <XAxis dataKey="index" hide scale="band" />
            <YAxis tickFormatter={formatAxis} tick={axisText} tickLine={false} axisLine={false} width={plot.left} ticks={ticks} interval={0} domain={[low, high]} />
            {series.map((one, at) =>
              width / points.length >= BAR_MIN ? (
                <Bar key={one.id} dataKey={`s${at}`} stackId="cost" fill={paint(one)} shape={bar} {...still} />
              ) : (
                <Area key={one.id} dataKey={`s${at}`} stackId="cost" fill={paint(one)} stroke="none" fillOpacity={0.75} type="step" {...still} />
              ),
            )}
            {/* The lowest part last: where those above it cost nothing, their edges lie on its own. */}
            {width / points.length < BAR_MIN && series.map((one, at) => <Line key={one.id} dataKey={`t${at}`} type="step" stroke={one.color} shapeRendering="crispEdges" dot={false} activeDot={false} {...still} />).reverse()}
            <ReferenceLine y={0} stroke="var(--mui-palette-divider)" />
          </ComposedChart>
          <Columns columns={points} width={width} mark={mark} />
        </>
      )}
    </ChartFrame>
  );
}
