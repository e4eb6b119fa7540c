import Box from '@mui/material/Box';
import { type CSSProperties, useEffect, useEffectEvent, useId, useRef, useState } from 'react';

import { formatCounted } from '../../lib/money';
import { BodyRow, cellId } from './BodyRow';
import { type CellAction, CellMenu, type MenuPlace } from './CellMenu';
import { describeFact } from './facts';
import { HeaderRow } from './HeaderRow';
import { type Column, gutterWidth, ROW_HEIGHT, type RowSource, type Sort } from './model';
import { nextSort } from './order';
import { type Cell, HEADER_ROW, selectCell, type Selection } from './selection';
import { StatusBar } from './StatusBar';
import { GridRoot } from './styles';
import { type Total, TotalsRow } from './TotalsRow';
import { treeStep } from './tree';
import { useColumnLayout } from './useColumnLayout';
import { useContentWidths } from './useContentWidths';
import { useCopy } from './useCopy';
import { useFittingColumns } from './useFittingColumns';
import { useGridSelection } from './useGridSelection';
import { useSelectionFacts } from './useSelectionFacts';
import { setScroll, useRowWindow } from './useRowWindow';
import { originOf, scrollHeight } from './window';

type DataTableProps<Row> = {
  /** Names the table to a screen reader. */
  label: string;
  /** The columns to show, in order. Keep the array the same between renders, or every row is drawn again. */
  columns: Column<Row>[];
  source: RowSource<Row>;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  /** Totals by column id, as the Go side summed them. */
  totals?: Record<string, Total>;
  /** Enter or a double click on a row. */
  onOpenRow?: (row: Row, index: number) => void;
  /** When this changes the table shows its beginning: another question was asked. */
  resetKey?: string;
  /** Where the table was left: it begins there, and says where it is. */
  memory?: { recall: () => TableMemory | undefined; keep: (memory: TableMemory) => void };
  /** What one row is called in the status line. */
  noun?: string;
  /** What the status line says of all rows, where their number is not enough; "" where the page says it elsewhere. */
  count?: string;
  /** What can be done with a cell, besides copying it and opening its row. */
  actionsOf?: (row: Row, column: Column<Row>) => CellAction[];
  /** What opening a row is called in the menu of a cell. */
  openLabel?: string;
  /** What the keys do, shown in the status line. */
  hint?: string;
};

/** What is in view of a table and what is selected, to find it again while the question (`resetKey`) is the same. */
export type TableMemory = { question: string; offset: number; selection: Selection };

/** The width of the first column for the style sheet. */
function gutterStyle(gutter: number): CSSProperties {
  return Object.fromEntries([['--gutter', `${gutter}px`]]);
}

/** Below a cell that the keyboard stands on. */
function placeOf(gridId: string, { row, column }: Cell): MenuPlace {
  const box = document.getElementById(cellId(gridId, row, column))?.getBoundingClientRect();
  return { left: box?.left ?? 0, top: box?.bottom ?? 0 };
}

/** A table that stays quick with a million rows. It fills the height of a flex parent. */
export function DataTable<Row>({ label, columns: wanted, source, sort, onSort, totals, onOpenRow, resetKey = '', memory, noun = 'row', count, actionsOf, openLabel = 'Open', hint }: DataTableProps<Row>) {
  const gridId = useId();
  const chrome = ROW_HEIGHT * (totals ? 2 : 1);
  const left = useRef<TableMemory>(null);
  const recall = () => {
    const kept = memory?.recall();
    return kept?.question === resetKey ? kept : undefined;
  };
  const keep = (more: Partial<TableMemory>) => {
    const before = left.current ?? recall() ?? { offset: 0, selection: selectCell({ row: 0, column: 0 }) };
    left.current = { ...before, ...more, question: resetKey };
    memory?.keep(left.current);
  };
  const { setScroller, scroller, block, geometry, range, width, reveal } = useRowWindow(source.total, chrome, resetKey, () => recall()?.offset ?? 0, (offset) => keep({ offset }));
  const gutter = gutterWidth(source.total);
  const contents = useContentWidths({ columns: wanted, sorted: sort?.column, source, range, totals }, scroller);
  const columns = useFittingColumns(wanted, contents, width - gutter);
  const layout = useColumnLayout(columns, contents, scroller, width, gutter);
  const { notice, copy } = useCopy(columns, source);
  const [menu, setMenu] = useState<{ cell: Cell; place: MenuPlace } | null>(null);

  const revealCell = ({ row, column }: Cell) => {
    if (row !== HEADER_ROW) reveal(row);
    const place = layout.all[column];
    if (!scroller || !place) return;
    const left = place.start - gutter;
    const right = place.start + place.size - width;
    if (left < scroller.scrollLeft) setScroll(scroller, 'scrollLeft', left);
    else if (right > scroller.scrollLeft) setScroll(scroller, 'scrollLeft', right);
  };

  const bounds = { rows: source.total, columns: columns.length, pageRows: Math.max(1, Math.floor(geometry.viewport / ROW_HEIGHT) - 1) };
  const { selection, area, handlers } = useGridSelection(bounds, {
    reveal: revealCell,
    openRow: (index) => {
      const row = source.rowAt(index);
      if (row !== undefined) onOpenRow?.(row, index);
    },
    press: ({ row: index, column: at }) => {
      const row = source.rowAt(index);
      const press = columns[at]?.press;
      if (press && row !== undefined) press(row);
      return press !== undefined;
    },
    sortBy: (index) => {
      const column = columns[index];
      if (column && column.sortable !== false) onSort(nextSort(sort, column));
    },
    resizeBy: (index, delta) => {
      const column = columns[index];
      if (column) layout.resizeBy(column.id, delta);
    },
    copy: (withHeaders) => void copy(area, withHeaders),
    openMenu: (cell, at) => setMenu({ cell, place: at ?? placeOf(gridId, cell) }),
    treeKey: (key, { row, column }) => {
      const place = column === 0 ? source.tree?.placeAt(row) : undefined;
      const step = place ? treeStep(key, place, row) : null;
      if (step === null) return null;
      if ('line' in step) return step.line;
      source.tree?.toggle(row);
      return true;
    },
    toggle: (row) => source.tree?.toggle(row),
  }, recall()?.selection);

  const menuRow = menu && source.rowAt(menu.cell.row);
  const menuColumn = menu && columns[menu.cell.column];
  const actions: CellAction[][] =
    menu && menuRow !== undefined && menuRow !== null && menuColumn
      ? [
          actionsOf?.(menuRow, menuColumn) ?? [],
          [
            { label: 'Copy', run: () => void copy(area) },
            { label: 'Copy with headers', run: () => void copy(area, true) },
          ],
          onOpenRow ? [{ label: openLabel, run: () => onOpenRow(menuRow, menu.cell.row) }] : [],
        ]
      : [];

  const keepSelection = useEffectEvent(() => keep({ selection }));
  useEffect(() => keepSelection(), [selection.anchor.row, selection.anchor.column, selection.focus.row, selection.focus.column]);

  const { onRange } = source;
  useEffect(() => onRange?.(range.first, range.last), [onRange, range.first, range.last]);

  const { focus } = selection;
  const focusDrawn = focus.row === HEADER_ROW || (focus.row >= range.first && focus.row <= range.last);
  const columnDrawn = layout.placed.some((place) => place.index === focus.column);
  // One selected cell has only its ring, so that a table nobody has touched looks untouched.
  const many = area !== null && (area.top !== area.bottom || area.left !== area.right);
  const facts = useSelectionFacts(`${gridId} ${resetKey}`, columns, source, many ? area : null);
  const origin = originOf(range);
  const indexes = Array.from({ length: Math.max(0, range.last - range.first + 1) }, (_, at) => range.first + at);

  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0, minWidth: 0 }}>
      <GridRoot
        ref={setScroller}
        role={source.tree ? 'treegrid' : 'grid'}
        tabIndex={0}
        aria-label={label}
        aria-rowcount={source.total + (totals ? 2 : 1)}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-busy={source.stale}
        aria-activedescendant={focusDrawn && columnDrawn ? cellId(gridId, focus.row, focus.column) : undefined}
        className={source.stale ? 'stale' : undefined}
        {...handlers}
      >
        <div style={{ height: scrollHeight(geometry) + chrome, width: layout.totalWidth, ...gutterStyle(gutter) }}>
          <div className="frame" style={{ height: geometry.viewport + chrome, width: layout.totalWidth }}>
            <HeaderRow
              gridId={gridId}
              columns={layout.placed}
              sort={sort}
              active={focus.row === HEADER_ROW ? focus.column : -1}
              resizing={layout.resizing}
              onResizeStart={layout.startResize}
            />
            <div className="body">
              <div className="block" ref={block}>
                {indexes.map((index) => {
                  const selected = area !== null && many && index >= area.top && index <= area.bottom;
                  return (
                    <BodyRow
                      // Rows that leave the view lend their elements to those that enter it; a row that stays keeps its own.
                      key={index % indexes.length}
                      gridId={gridId}
                      row={source.rowAt(index)}
                      index={index}
                      top={(index - origin) * ROW_HEIGHT}
                      columns={layout.placed}
                      selectedFrom={selected ? area.left : -1}
                      selectedTo={selected ? area.right : -1}
                      active={focus.row === index ? focus.column : -1}
                      place={source.tree?.placeAt(index)}
                    />
                  );
                })}
              </div>
            </div>
            {totals && <TotalsRow columns={layout.placed} totals={totals} rowIndex={source.total + 2} />}
          </div>
        </div>
      </GridRoot>
      <StatusBar
        text={many
          ? `${formatCounted(area.bottom - area.top + 1, noun)} × ${formatCounted(area.right - area.left + 1, 'column')} selected`
          : (count ?? formatCounted(source.total, noun))}
        facts={(facts ?? []).map(describeFact)}
        notice={notice}
        hidden={wanted.filter((column) => !columns.includes(column)).map(({ header }) => header)}
        hint={hint}
      />
      <CellMenu place={menu?.place ?? null} groups={actions} onClose={() => setMenu(null)} />
    </Box>
  );
}
