import { ChartFrame, type ChartProps } from './ChartFrame';
import { barRows, rowData, type BarRow } from './barRows';
import { Rows } from './Rows';

type BarChartProps = ChartProps & {
  /** Heads the names of the rows: "Team", "Service". */
  first: string;
  /** What the amounts are: "Effective cost". */
  figure: string;
  rows: BarRow[];
};

/** One bar for each thing, in the order given. */
export function BarChart({ first, figure, rows, ...frame }: BarChartProps) {
  return (
    <ChartFrame {...frame} data={rowData(rows, figure)} first={first}>
      {(_width, mark) => <Rows rows={barRows(rows, frame.currency)} height={frame.height} mark={mark} />}
    </ChartFrame>
  );
}
