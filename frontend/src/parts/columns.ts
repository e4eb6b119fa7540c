/** The columns that charges can be grouped and filtered by. */
import type { DimensionInfo, LedgerState, TagKeyState } from '../lib/wire';
import { useDimensions, useLedgerState, useTagKeys } from '../bridge/queries';
import { columnLabel } from '../ui/columnLabel';

/** What the values of a column are; "open" columns are not of FOCUS and may contain anything. */
export type ValueKind = 'text' | 'number' | 'day' | 'open';

export type ColumnEntry = {
  id: string;
  /** Readable; the id is shown beside it. */
  label: string;
  group: string;
  kind: ValueKind;
};

/** The name by which a virtual dimension is grouped and filtered. */
export function dimensionColumn(name: string): string {
  return `Dim/${name}`;
}

const kinds = { text: 'text', json: 'text', decimal: 'number', time: 'day' } as const;

function columnEntries({ dimensions, columns }: LedgerState, virtual: DimensionInfo[], tagKeys: TagKeyState[]): ColumnEntry[] {
  const entry = (id: string, group: string, kind: ValueKind): ColumnEntry => ({ id, label: columnLabel(id), group, kind });
  const usable = virtual.filter(({ problem }) => problem === '');
  return [
    ...dimensions.map((name) => entry(name, 'Dimensions', 'text')),
    entry('HasTags', 'Dimensions', 'text'),
    ...usable.map(({ name }) => entry(dimensionColumn(name), 'Your dimensions', 'text')),
    ...tagKeys.map(({ key }) => ({ ...entry(`Tags/${key}`, 'Tags', 'open'), label: key })),
    ...columns.filter(({ focus }) => focus).map(({ name, kind }) => entry(name, 'FOCUS columns', kinds[kind])),
    ...columns.filter(({ focus }) => !focus).map(({ name }) => entry(name, 'Other columns of the files', 'open')),
  ];
}

/** All columns of the open workspace; `virtual: false` leaves out the dimensions that rules make, which rules cannot use. */
export function useColumns({ virtual = true }: { virtual?: boolean } = {}): ColumnEntry[] {
  const state = useLedgerState();
  const dimensions = useDimensions();
  const tags = useTagKeys();
  return state.data ? columnEntries(state.data, virtual ? (dimensions.data ?? []) : [], tags.data ?? []) : [];
}

/** The entry of a column; one that the ledger does not have may contain anything. */
export function entryOf(columns: ColumnEntry[], id: string): ColumnEntry {
  return columns.find((one) => one.id === id) ?? { id, label: columnLabel(id), group: 'Other columns of the files', kind: 'open' };
}
