import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';

import { cellText } from './BodyRow';
import { measureIn, type Measure } from './measure';
import { type Column, type RowSource } from './model';
import { type Total } from './TotalsRow';
import { type RowRange } from './window';

/** Padding of a cell on both sides, and a px for what is rounded. */
const PADDING = 21;

/** Room for the arrow of an order beside a header. */
const ARROW = 18;

/** Room for each level that a row of a tree is set in by. */
const LEVEL = 18;

/** No cell is read further than this to find out how wide it is. */
const LETTERS_MAX = 90;

type Widths = ReadonlyMap<string, number>;

const nothing: Widths = new Map();

type Rows<Row> = { columns: Column<Row>[]; sorted: string | undefined; source: RowSource<Row>; range: RowRange; totals: Record<string, Total> | undefined };

/** The widths with those of rows that have not been measured yet; the same map when none is wider. */
function widened<Row>(held: Widths, { columns, sorted, source, range, totals }: Rows<Row>, measured: Map<number, Row>, widthOf: Measure): Widths {
  const wider = new Map(held);
  const note = ({ id }: Column<Row>, text: string, bold: boolean, more = 0) => {
    const width = widthOf(text.slice(0, LETTERS_MAX), bold) + PADDING + more;
    if (width > (wider.get(id) ?? 0)) wider.set(id, width);
  };
  for (const column of columns) {
    if (held === nothing) note(column, column.header, true, column.id === sorted ? ARROW : 0);
    const total = totals?.[column.id];
    if (total) note(column, total.text, true);
  }
  for (let index = range.first; index <= range.last; index += 1) {
    const row = source.rowAt(index);
    if (row === undefined || measured.get(index) === row) continue;
    measured.set(index, row);
    const place = source.tree?.placeAt(index);
    for (const [at, column] of columns.entries()) if (column.value(row) !== null) note(column, cellText(column, row), false, at === 0 && place ? place.level * LEVEL : 0);
  }
  return wider.size === held.size && [...wider].every(([id, width]) => width === held.get(id)) ? held : wider;
}

/** The widest content of each column, as far as rows have come into view; it only grows while the columns and the order stay. */
export function useContentWidths<Row>(rows: Rows<Row>, scroller: HTMLElement | null): Widths {
  const [fontsLoaded, setFontsLoaded] = useState(false);
  useEffect(() => {
    // Absent in tests of pages, whatever the type says.
    const fonts: FontFaceSet | undefined = document.fonts;
    void fonts?.ready.then(() => setFontsLoaded(true));
  }, []);
  const measuring = useMemo(() => ({ widthOf: scroller && measureIn(scroller), columns: rows.columns, sorted: rows.sorted, fontsLoaded }), [scroller, rows.columns, rows.sorted, fontsLoaded]);

  const [found, setFound] = useState({ measuring, widths: nothing });
  const widths = found.measuring === measuring ? found.widths : nothing;
  const measured = useRef<{ measuring: unknown; rows: Map<number, Row> }>({ measuring, rows: new Map() });

  const measure = useEffectEvent(() => {
    if (!measuring.widthOf) return;
    if (measured.current.measuring !== measuring || measured.current.rows.size > 5000) measured.current = { measuring, rows: new Map() };
    const next = widened(widths, rows, measured.current.rows, measuring.widthOf);
    if (next !== widths) setFound({ measuring, widths: next });
  });
  // Before the rows are painted, so that no figure is ever seen cut.
  useLayoutEffect(() => measure(), [rows, measuring]);
  return widths;
}
