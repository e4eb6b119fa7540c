import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo } from 'react';

import { type Column, columnWidth, type PlacedColumn, WIDTH_MAX, WIDTH_MIN } from './model';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });

// The rows never pass through the table model: there may be a million of them, and they live on the Go side.
const noRows: object[] = [];

/** Columns drawn beyond either edge of the view. */
const OVERSCAN_COLUMNS = 3;

/**
 * Widths and places of the columns. Columns the person has not sized share the room that is left over; of many columns
 * only those in view are handed out.
 */
export function useColumnLayout<Row>(columns: Column<Row>[], scroller: HTMLElement | null, width: number, gutter: number) {
  const definitions = useMemo(
    () => columns.map((column) => ({ id: column.id, size: columnWidth(column), minSize: WIDTH_MIN, maxSize: WIDTH_MAX })),
    [columns],
  );
  const table = useTable({ features, columns: definitions, data: noRows, columnResizeMode: 'onChange' });
  const { columnSizing, columnResizing } = table.state;

  const sizes = useMemo(() => {
    const own = columns.map((column) => columnSizing[column.id] ?? columnWidth(column));
    const spare = width - gutter - own.reduce((sum, size) => sum + size, 0);
    const growing = columns.map((column) => column.kind === 'text' && columnSizing[column.id] === undefined);
    const growingCount = growing.filter(Boolean).length;
    if (spare <= 0 || growingCount === 0) return own;
    const share = Math.floor(spare / growingCount);
    return own.map((size, index) => (growing[index] ? size + share : size));
  }, [columns, columnSizing, width, gutter]);

  // eslint-disable-next-line react-hooks/incompatible-library -- nothing of it is passed to a memoised component
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => sizes[index] ?? WIDTH_MIN,
    getItemKey: (index) => columns[index]?.id ?? index,
    paddingStart: gutter,
    overscan: OVERSCAN_COLUMNS,
    initialRect: { width, height: 0 },
    // An element that has not been laid out yet says 0 and would get no columns.
    observeElementRect: (instance, report) =>
      observeElementRect(instance, (rect) => report({ width: rect.width || width, height: rect.height })),
    useFlushSync: false,
  });
  useLayoutEffect(() => {
    virtualizer.measure();
  }, [virtualizer, sizes, width, gutter]);

  const items = virtualizer.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? -1;
  const placed = useMemo(() => {
    let start = gutter;
    const all: PlacedColumn<Row>[] = columns.map((column, index) => {
      const size = sizes[index] ?? WIDTH_MIN;
      const place = { column, index, start, size };
      start += size;
      return place;
    });
    return { drawn: all.slice(from, to + 1), all, width: start };
  }, [columns, sizes, from, to, gutter]);

  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return {
    placed: placed.drawn,
    all: placed.all,
    totalWidth: Math.max(placed.width, width),
    resizing: columnResizing.isResizingColumn,
    startResize: (columnId: string, event: unknown) => {
      // From now on every column keeps the width it has, or the others would move while this one is dragged.
      table.setColumnSizing(Object.fromEntries(placed.all.map((place) => [place.column.id, place.size])));
      headers.find((header) => header.column.id === columnId)?.getResizeHandler()(event);
    },
    resizeBy: (columnId: string, delta: number) => {
      const size = placed.all.find((place) => place.column.id === columnId)?.size ?? WIDTH_MIN;
      const next = Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, size + delta));
      table.setColumnSizing((sizes) => ({ ...sizes, [columnId]: next }));
    },
  };
}
