import { Treemap, type TreemapNode } from 'recharts';

import { formatMoney } from '../../lib/money';
import { ChartFrame, type ChartProps } from './ChartFrame';
import { drawnSlices, sliceData, type PlacedSlice, type Slice } from './slices';

type TreemapChartProps = ChartProps & {
  /** Heads the names of the fields. */
  first: string;
  figure: string;
  slices: Slice[];
  /** The ledger's own sum of the fields. */
  total: string;
};

/** Width of a letter of a field's name, in px. */
const LETTER = 7;

type FieldProps = { node: TreemapNode; slice: PlacedSlice; currency: string; active: boolean };

/** One field. Its name stands in it only where all of it has room. */
function Field({ node: { x, y, width, height }, slice, currency, active }: FieldProps) {
  const amount = formatMoney(slice.amount, currency);
  const fits = (text: string, lines: number) => text.length * LETTER + 12 < width && lines * 16 + 10 < height;
  return (
    <g data-datum={slice.index}>
      <rect x={x + 1} y={y + 1} width={Math.max(0, width - 2)} height={Math.max(0, height - 2)} rx={3} fill={slice.color} fillOpacity={active ? 0.55 : 0.32} stroke={slice.color} />
      {fits(slice.label, 1) && (
        <text x={x + 8} y={y + 19} fontSize={12} fill="var(--mui-palette-text-primary)" stroke="none">
          {slice.label}
        </text>
      )}
      {fits(slice.label, 2) && fits(amount, 2) && (
        <text x={x + 8} y={y + 35} fontSize={11} fill="var(--mui-palette-text-primary)" stroke="none">
          {amount}
        </text>
      )}
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
