import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';

import { cellId } from './BodyRow';
import { type PlacedColumn, ROW_HEIGHT, type Sort } from './model';
import { HEADER_ROW } from './selection';

type HeaderRowProps<Row> = {
  gridId: string;
  columns: PlacedColumn<Row>[];
  sort: Sort | null;
  active: number;
  resizing: string | false;
  onResizeStart: (columnId: string, event: unknown) => void;
};

/** The headers: a click sorts, the right edge drags. Clicks are handled by the grid. */
export function HeaderRow<Row>({ gridId, columns, sort, active, resizing, onResizeStart }: HeaderRowProps<Row>) {
  return (
    <div className="head">
      <div role="row" aria-rowindex={1} style={{ height: ROW_HEIGHT - 1 }}>
        <span role="columnheader" aria-colindex={1} className="gutter">
          #
        </span>
        {columns.map(({ column, index, start, size }) => {
          const sorted = sort?.column === column.id;
          const className = [
            'cell',
            column.kind === 'number' && 'number',
            sorted && 'sorted',
            column.sortable === false && 'fixed',
            index === active && 'active',
          ]
            .filter(Boolean)
            .join(' ');
          const Arrow = sort?.desc ? ArrowDownward : ArrowUpward;
          return (
            <div
              key={column.id}
              id={cellId(gridId, HEADER_ROW, index)}
              role="columnheader"
              aria-colindex={index + 2}
              aria-sort={sorted ? (sort.desc ? 'descending' : 'ascending') : undefined}
              data-header={index}
              className={className}
              style={{ left: start, width: size }}
              title={column.description ?? column.header}
            >
              <span className="text">{column.header}</span>
              {sorted && <Arrow sx={{ fontSize: 14 }} />}
              <span
                className={resizing === column.id ? 'grip dragged' : 'grip'}
                data-grip=""
                onMouseDown={(event) => {
                  event.stopPropagation();
                  onResizeStart(column.id, event);
                }}
                onTouchStart={(event) => onResizeStart(column.id, event)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
