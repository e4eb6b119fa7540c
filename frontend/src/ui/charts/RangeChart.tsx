import { ChartFrame, type ChartProps } from './ChartFrame';
import { rangeData, rangeRows, type RangeRow } from './barRows';
import { Rows } from './Rows';

type RangeChartProps = ChartProps & {
  /** Heads the names of the rows: "Assumption". */
  first: string;
  rows: RangeRow[];
};

/** From the low to the high case of each thing; with the widest first, what matters most is on top. */
export function RangeChart({ first, rows, ...frame }: RangeChartProps) {
  return (
    <ChartFrame {...frame} data={rangeData(rows)} first={first}>
      {(_width, mark) => <Rows rows={rangeRows(rows, frame.currency)} height={frame.height} mark={mark} />}
    </ChartFrame>
  );
}
