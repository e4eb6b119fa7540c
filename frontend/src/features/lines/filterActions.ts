import { type ValueNames } from '../../lib/accountNames';
import type { Condition } from '../../lib/wire';
import { type Column } from '../../ui/DataTable/model';
import { noValueLabel } from '../../ui/columnLabel';
import { type LedgerColumn, type LineRow, lineValue, describeValue } from './model';

/** Longer values would fill the menu. */
const SHOWN_MAX = 48;

function shortened(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

/** Filters by the value of a cell. Tags are one text of all keys, which no other resource has, so they have none. */
export function filterActions(row: LineRow, { id }: Column<LineRow>, columns: LedgerColumn[], nameOf: ValueNames, addFilter: (condition: Condition) => void): { label: string; run: () => void }[] {
  const column = columns.find(({ name }) => name === id);
  if (!column || column.kind === 'json') return [];
  const value = lineValue(row, id);
  const shown = value === null ? noValueLabel(id) : shortened(column.kind === 'decimal' ? value : describeValue(row, column, '', nameOf));
  return [
    { label: `Filter by this value: ${shown}`, run: () => addFilter({ column: id, op: 'in', values: [value] }) },
    { label: `Leave out this value: ${shown}`, run: () => addFilter({ column: id, op: 'not_in', values: [value] }) },
  ];
}
