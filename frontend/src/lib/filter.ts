/** Which charges are meant: the filter language of docs/filters.md as a tree. Its text is read and written by the Go side only. */

export const ops = ['in', 'not_in', 'contains', 'starts_with', 'ends_with', 'matches', 'less', 'at_most', 'greater', 'at_least'] as const;

export type Op = (typeof ops)[number];

/** What a filter asks of one column of the ledger. A null among the values means "the column has no value". */
export type Condition = { column: string; op: Op; values: (string | null)[] };

export const filterKinds = ['all', 'any', 'not', 'condition'] as const;

export type Filter = {
  kind: (typeof filterKinds)[number];
  /** Of all and any; the one of not. */
  parts?: Filter[];
  /** Of a condition. */
  condition?: Condition;
};

/** Every charge. */
export const everything: Filter = { kind: 'all' };

export function conditionFilter(condition: Condition): Filter {
  return { kind: 'condition', condition };
}

/** What must all hold for a charge to be meant. */
export function partsOf(filter: Filter): Filter[] {
  return filter.kind === 'all' ? (filter.parts ?? []) : [filter];
}

/** Holds where every one of the filters does. */
export function allOf(filters: Filter[]): Filter {
  const parts = filters.flatMap(partsOf);
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'all', parts };
}

/** A filter and conditions that must hold too. */
export function narrowed(filter: Filter, ...conditions: Condition[]): Filter {
  return allOf([filter, ...conditions.map(conditionFilter)]);
}

/** Like narrowed, but a condition takes the place of one with its column and operator. */
export function withConditions(filter: Filter, conditions: Condition[]): Filter {
  const replaced = ({ condition: old }: Filter) => old !== undefined && conditions.some(({ column, op }) => column === old.column && op === old.op);
  return narrowed(allOf(partsOf(filter).filter((part) => !replaced(part))), ...conditions);
}

export function isEverything(filter: Filter): boolean {
  return partsOf(filter).length === 0;
}

/** The same filter without the conditions on a column that must hold. */
export function withoutColumn(filter: Filter, column: string): Filter {
  return allOf(partsOf(filter).filter(({ condition }) => condition?.column !== column));
}

/** How deep a filter may be nested. */
const DEPTH_MAX = 100;

/** Reads the JSON of a filter; null for anything else. */
export function readFilter(text: string): Filter | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // An address typed by hand: what cannot be read filters nothing.
    return null;
  }
  return filterOf(parsed, DEPTH_MAX);
}

function filterOf(value: unknown, depth: number): Filter | null {
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  const kind = filterKinds.find((one) => 'kind' in value && value.kind === one);
  if (kind === undefined) return null;
  if (kind === 'condition') {
    const condition = 'condition' in value ? conditionOf(value.condition) : null;
    return condition && conditionFilter(condition);
  }
  const listed: unknown = 'parts' in value ? value.parts : [];
  if (!Array.isArray(listed)) return null;
  const parts = listed.map((part: unknown) => filterOf(part, depth - 1));
  const read = parts.filter((part) => part !== null);
  return read.length === parts.length && (kind !== 'not' || read.length === 1) ? { kind, parts: read } : null;
}

function conditionOf(value: unknown): Condition | null {
  if (typeof value !== 'object' || value === null || !('column' in value) || !('op' in value) || !('values' in value)) return null;
  const { column, values } = value;
  const op = ops.find((one) => one === value.op);
  if (typeof column !== 'string' || op === undefined || !Array.isArray(values)) return null;
  const listed: unknown[] = values;
  const read = listed.filter((one): one is string | null => one === null || typeof one === 'string');
  return read.length === listed.length ? { column, op, values: read } : null;
}
