import { Treemap, type TreemapNode } from 'recharts';

import { formatMoney } from '../../lib/money';
import { ChartFrame, type ChartProps } from './ChartFrame';
import { drawnSlices, linesOf, sliceData, type PlacedSlice, type Slice } from './slices';

type TreemapChartProps = ChartProps & {
  /** Heads the names of the fields. */
  first: string;
  figure: string;
  slices: Slice[];
  /** The ledger's own sum of the fields. */
  total: string;
};

/** Height of a line of a field, in px. */
const LINE = 16;

type FieldProps = { node: TreemapNode; slice: PlacedSlice; currency: string; active: boolean };

/** One field. Its name stands in it only where all of it has room, the amount below it where that has, too. */
function Field({ node: { x, y, width, height }, slice, currency, active }: FieldProps) {
  const amount = formatMoney(slice.amount, currency);
  const room = Math.floor((height - 10) / LINE);
  const name = linesOf(slice.label, width - 12);
  const lines = name.length === 0 || name.length > room ? [] : [...name, ...(name.length < room && linesOf(amount, width - 12).length === 1 ? [amount] : [])];
  return (
    <g data-datum={slice.index}>
      <rect x={x + 1} y={y + 1} width={Math.max(0, width - 2)} height={Math.max(0, height - 2)} rx={3} fill={slice.color} fillOpacity={active ? 0.55 : 0.32} stroke={slice.color} />
      {lines.map((line, at) => (
        <text key={at} x={x + 8} y={y + 19 + at * LINE} fontSize={at < name.length ? 12 : 11} fill="var(--mui-palette-text-primary)" stroke="none">
          {line}
        </text>
      ))}
    </g>
  );
}

/** A whole and its many parts, each a field as large as its amount. */
export function TreemapChart({ first, figure, slices, total, ...frame }: TreemapChartProps) {
  const drawn = drawnSlices(slices);
  return (
    <ChartFrame {...frame} data={sliceData(slices, total, figure)} first={first}>
      {(width, mark) => (
        <Treemap
          width={width}
          height={frame.height}
          data={drawn.map(({ label, mark: size }) => ({ name: label, size }))}
          dataKey="size"
          isAnimationActive={false}
          content={(node: TreemapNode) => {
            const slice = node.depth === 1 ? drawn[node.index] : undefined;
            return slice ? <Field node={node} slice={slice} currency={frame.currency} active={mark.active === slice.index} /> : <g />;
          }}
        />
      )}
    </ChartFrame>
  );
}
