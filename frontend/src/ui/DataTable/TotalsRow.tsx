import { type PlacedColumn, ROW_HEIGHT } from './model';

/** What the totals row says under a column: computed by the Go side, never here. */
export type Total = { text: string; title?: string };

type TotalsRowProps<Row> = {
  columns: PlacedColumn<Row>[];
  totals: Record<string, Total>;
  rowIndex: number;
};

/** The row of totals at the bottom of the view. */
export function TotalsRow<Row>({ columns, totals, rowIndex }: TotalsRowProps<Row>) {
  return (
    <div className="foot">
      <div role="row" aria-rowindex={rowIndex} style={{ height: ROW_HEIGHT - 1 }}>
        <span role="rowheader" aria-colindex={1} className="gutter">
          Total
        </span>
        {columns.map(({ column, index, start, size }) => (
          <div
            key={column.id}
            role="gridcell"
            aria-colindex={index + 2}
            className={column.kind === 'number' ? 'cell number' : 'cell'}
            style={{ left: start, width: size }}
            title={totals[column.id]?.title}
          >
            {totals[column.id]?.text}
          </div>
        ))}
      </div>
    </div>
  );
}
