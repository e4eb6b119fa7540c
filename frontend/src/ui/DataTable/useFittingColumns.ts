import { useMemo } from 'react';

import { type Column, columnWidth } from './model';
import { fitting, needOf } from './widths';

/** The columns that have room, by how wide their content is (`contents`, in px by id); the same array while none goes. */
export function useFittingColumns<Row>(columns: Column<Row>[], contents: ReadonlyMap<string, number>, room: number): Column<Row>[] {
  return useMemo(() => {
    if (columns.every(({ secondary }) => secondary === undefined)) return columns;
    const needs = columns.map((column) => needOf(column, contents.get(column.id) ?? columnWidth(column), undefined));
    const stays = fitting(needs, columns.map(({ secondary }) => secondary), room);
    return stays.every(Boolean) ? columns : columns.filter((_, at) => stays[at]);
  }, [columns, contents, room]);
}
