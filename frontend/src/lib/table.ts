import type { ShownColumn, ShownKind } from './wire';

/** Columns of one kind, for a table on its way to a file. */
export function columnsOfKind(kind: ShownKind, ...names: string[]): ShownColumn[] {
  return names.map((name) => ({ name, kind }));
}
