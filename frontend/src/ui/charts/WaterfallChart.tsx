import { ChartFrame, type ChartProps } from './ChartFrame';
import { rowData, waterfallRows, type WaterfallStep } from './barRows';
import { Rows } from './Rows';

type WaterfallChartProps = ChartProps & { steps: WaterfallStep[] };

/** How one level leads to another, step by step. */
export function WaterfallChart({ steps, ...frame }: WaterfallChartProps) {
  return (
    <ChartFrame {...frame} data={rowData(steps, 'Amount')} first="Step">
      {(_width, mark) => <Rows rows={waterfallRows(steps, frame.currency)} height={frame.height} mark={mark} />}
    </ChartFrame>
  );
}
