import { type FunctionComponent, memo, type ReactNode } from 'react';

import { formatCount } from '../../lib/money';
import { type Column, type PlacedColumn } from './model';
import { type TreePlace } from './tree';

type BodyRowProps<Row> = {
  gridId: string;
  row: Row | undefined;
  index: number;
  top: number;
  columns: PlacedColumn<Row>[];
  /** Selected columns of this row, both inclusive; −1 when none is. */
  selectedFrom: number;
  selectedTo: number;
  /** The column the keyboard stands on, or −1. */
  active: number;
  /** Where the row stands in its tree. */
  place: TreePlace | undefined;
};

/** How far each level of a tree is set in, in px. */
const INDENT = 18;

/** Opens and closes a row with the pointer; the keyboard has the arrows, and the row itself says its state. */
function Twisty({ expanded }: { expanded: boolean | null }) {
  return (
    <span aria-hidden className={expanded ? 'twisty open' : 'twisty'} data-toggle={expanded === null ? undefined : ''}>
      {expanded === null ? '' : '›'}
    </span>
  );
}

/** The id of a cell, which the grid names as its active descendant. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}

/** What a cell says, in plain text. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  return column.display ? column.display(row) : (column.value(row) ?? '');
}

function CellContent<Row>({ column, row }: { column: Column<Row>; row: Row }): ReactNode {
  if (column.value(row) === null && !column.editable) {
    return <span className="none">–</span>;
  }
  return column.render ? column.render(row) : <bdi>{cellText(column, row)}</bdi>;
}

function cellTitle<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row);
  if (value === null) return 'No value';
  return column.title ? column.title(row) : value;
}

function PlainBodyRow<Row>({ gridId, row, index, top, columns, selectedFrom, selectedTo, active, place }: BodyRowProps<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-level={place?.level}
      aria-posinset={place?.position}
      aria-setsize={place?.siblings}
      aria-expanded={place?.expanded ?? undefined}
      data-row={index}
      style={{ top }}
    >
      <span role="rowheader" aria-colindex={1} className="gutter" data-gutter="">
        {formatCount(index + 1)}
      </span>
      {columns.map(({ column, index: at, start, size }) => {
        const selected = at >= selectedFrom && at <= selectedTo;
        const className = ['cell', column.kind === 'number' && 'number', selected && 'selected', at === active && 'active', !row && 'waiting']
          .filter(Boolean)
          .join(' ');
        return (
          <div
            key={column.id}
            id={cellId(gridId, index, at)}
            role="gridcell"
            aria-colindex={at + 2}
            aria-selected={selected}
            data-column={at}
            data-name={column.id}
            className={className}
            style={{ left: start, width: size, paddingLeft: place && at === 0 ? 10 + (place.level - 1) * INDENT : undefined }}
            title={row ? cellTitle(column, row) : undefined}
          >
            {place && at === 0 && <Twisty expanded={place.expanded} />}
            {row ? <CellContent column={column} row={row} /> : '…'}
          </div>
        );
      })}
    </div>
  );
}

/** One row. Memoised by hand: while the table scrolls, rows that stay in view must not be drawn again. */
export const BodyRow = memoised(PlainBodyRow);

// React's own type of memo forgets that the component is generic.
function memoised(component: typeof PlainBodyRow): typeof PlainBodyRow;
function memoised(component: FunctionComponent<never>): unknown {
  return memo(component);
}
