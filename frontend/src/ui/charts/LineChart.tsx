import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts';

import { formatAxis } from '../../lib/money';
import { lineAxis, lineData, lineMarks } from './bands';
import { ChartFrame, type ChartProps } from './ChartFrame';
import { Columns } from './Columns';
import type { ChartBand, ChartPoint, ChartSeries } from './model';
import { axisText, plot, still } from './plot';

type LineChartProps = ChartProps & {
  points: ChartPoint[];
  series: ChartSeries[];
  bands?: ChartBand[];
  /** Heads the names of the points in the table, where they are not times. */
  first?: string;
};

const none: ChartBand[] = [];

/** Lines or dots over time, the widest band first behind them. A missing value is a gap. */
export function LineChart({ points, series, bands = none, first = 'Time', ...frame }: LineChartProps) {
  const marks = lineMarks(points, bands);
  const { low, high, ticks } = lineAxis(marks);
  const legend = [...series, ...bands].map((one) => ({ series: one, note: null }));
  return (
    <ChartFrame {...frame} data={lineData(points, series, bands, frame.currency)} first={first} newestFirst={first === 'Time'} legend={legend}>
      {(width, mark) => (
        <>
          <ComposedChart data={marks} width={width} height={frame.height} margin={{ ...plot, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--mui-palette-tone-line2)" />
            <XAxis dataKey="index" hide scale="band" />
            <YAxis tickFormatter={formatAxis} tick={axisText} tickLine={false} axisLine={false} width={plot.left} ticks={ticks} interval={0} domain={[low, high]} />
            <ReferenceLine y={0} stroke="var(--mui-palette-divider)" />
            {bands.map((band, at) => (
              <Area key={band.id} dataKey={`b${at}`} fill={band.color} fillOpacity={0.32} stroke="none" {...still} />
            ))}
            {series.map(({ id, color, style = 'line' }, at) => (
              <Line
                key={id}
                dataKey={`s${at}`}
                stroke={style === 'dots' ? 'none' : color}
                strokeWidth={2}
                strokeDasharray={style === 'dashed' ? '5 4' : undefined}
                dot={style === 'dots' ? { r: 3, fill: color, stroke: 'none' } : false}
                activeDot={false}
                {...still}
              />
            ))}
          </ComposedChart>
          <Columns columns={points} width={width} mark={mark} />
        </>
      )}
    </ChartFrame>
  );
}
