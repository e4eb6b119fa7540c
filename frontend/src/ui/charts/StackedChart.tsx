import Box from '@mui/material/Box';
import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, Rectangle, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis, type BarShapeProps } from 'recharts';

import { formatAxis } from '../../lib/money';
import { ChartTooltip } from './ChartTooltip';
import { Hatch } from './Hatch';
import { incompleteRuns, marksOf, ticksOf, type ChartPoint, type ChartSeries } from './model';

type StackedChartProps = {
  label: string;
  points: ChartPoint[];
  series: ChartSeries[];
  currency: string;
  height: number;
  /** The place of the clicked series. */
  onPick: (series: number) => void;
};

const axisText = { fill: 'var(--mui-palette-tone-ink3)', fontSize: 11 };
const noAnimation = { isAnimationActive: false };

/** Stacked bars over time. Incomplete bars are hatched and say why; bars outside the period are pale. */
export function StackedChart({ label, points, series, currency, height, onPick }: StackedChartProps) {
  const hatchId = useId();
  const runs = incompleteRuns(points);
  const marks = marksOf(points);
  const ticks = ticksOf(marks, series.length);
  const shape = (props: BarShapeProps) => {
    const point = points[props.index ?? -1];
    return <Rectangle {...props} fillOpacity={point?.context ? 0.4 : 1} />;
  };
  return (
    <Box role="img" aria-label={label} sx={{ height, mt: 1, '& .recharts-surface:focus-visible': { outline: 'none' } }}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 720, height }}>
        <BarChart data={marks} stackOffset="sign" barCategoryGap={points.length > 45 ? 1 : '18%'} margin={{ top: 16, right: 2, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <Hatch id={hatchId} />
          <CartesianGrid vertical={false} stroke="var(--mui-palette-tone-line2)" />
          <XAxis dataKey="index" tickFormatter={(index: number) => points[index]?.tick ?? ''} tick={axisText} tickLine={false} axisLine={false} minTickGap={36} interval="preserveStartEnd" height={24} />
          <YAxis tickFormatter={formatAxis} tick={axisText} tickLine={false} axisLine={false} width={44} ticks={ticks} domain={[ticks[0] ?? 0, ticks.at(-1) ?? 0]} />
          <Tooltip
            cursor={{ fill: 'var(--mui-palette-text-primary)', fillOpacity: 0.06 }}
            isAnimationActive={false}
            wrapperStyle={{ zIndex: 5 }}
            content={({ active, label: at }) => {
              const point = active && typeof at === 'number' ? points[at] : undefined;
              return point ? <ChartTooltip point={point} series={series} currency={currency} /> : null;
            }}
          />
          {series.map((one, at) => (
            <Bar key={one.id} dataKey={`s${at}`} stackId="cost" fill={one.color} shape={shape} cursor="pointer" onClick={() => onPick(at)} {...noAnimation} />
          ))}
          <ReferenceLine y={0} stroke="var(--mui-palette-divider)" />
          {runs.map((run, at) => (
            <ReferenceArea
              key={run.from}
              x1={run.from}
              x2={run.to}
              fill={`url(#${hatchId})`}
              fillOpacity={1}
              zIndex={350}
              style={{ pointerEvents: 'none' }}
              label={at === runs.length - 1 ? { value: `incomplete: ${run.text}`, position: 'insideTopRight', offset: 0, dy: -13, ...axisText } : undefined}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </Box>
  );
}
