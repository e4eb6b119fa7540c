/** Which charges are meant: the filter language of docs/filters.md as a tree. Its text is read and written by the Go side only. */

import type { Condition, Filter, FilterKind, Op } from './wire';

const known: Record<Op, true> = { in: true, not_in: true, contains: true, starts_with: true, ends_with: true, matches: true, less: true, at_most: true, greater: true, at_least: true };

/** Whether a text is an operator of the filter language. */
export function isOp(text: unknown): text is Op {
  return typeof text === 'string' && text in known;
}

const filterKinds: FilterKind[] = ['all', 'any', 'not', 'condition'];

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

/** A filter and conditions that must be met too. */
export function narrowed(filter: Filter, ...conditions: Condition[]): Filter {
  return allOf([filter, ...conditions.map(conditionFilter)]);
}

/** Like narrowed, but a condition takes the place of one with its column and operator. */
export function withConditions(filter: Filter, conditions: Condition[]): Filter {
  const replaced = ({ condition: old }: Filter) => old !== undefined && old !== null && conditions.some(({ column, op }) => column === old.column && op === old.op);
  return narrowed(allOf(partsOf(filter).filter((part) => !replaced(part))), ...conditions);
}

export function isEverything(filter: Filter): boolean {
  return partsOf(filter).length === 0;
}

/** The same filter without the conditions on a column that must be met. */
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
  const { op } = value;
  if (typeof column !== 'string' || !isOp(op) || !Array.isArray(values)) return null;
  const listed: unknown[] = values;
  const read = listed.filter((one): one is string | null => one === null || typeof one === 'string');
  return read.length === listed.length ? { column, op, values: read } : null;
}
