/**
 * A filter while a person edits it: rows and groups, some of them not complete yet. Pure; `draftOf` and `filterOf` lead from a filter
 * to its draft and back.
 */
import { partsOf } from '../../lib/filter';
import type { Condition, Filter, Op } from '../../lib/wire';
import { type ValueKind } from '../columns';

/** How the items of a group are joined. */
export const matches = ['all', 'any', 'none', 'not_all'] as const;

export type Match = (typeof matches)[number];

export const matchLabels: Record<Match, string> = { all: 'All of', any: 'Any of', none: 'None of', not_all: 'Not all of' };

/** What a row asks of its column: an operator, perhaps negated, or whether there is a value. */
export type Relation = Op | 'not_contains' | 'not_starts_with' | 'not_ends_with' | 'not_matches' | 'empty' | 'not_empty';

export const textRelations: Relation[] = ['in', 'not_in', 'contains', 'not_contains', 'starts_with', 'not_starts_with', 'ends_with', 'not_ends_with', 'matches', 'not_matches', 'empty', 'not_empty'];
const orderRelations: Relation[] = ['in', 'not_in', 'less', 'at_most', 'greater', 'at_least', 'empty', 'not_empty'];

/** The relations that fit the values of a column; a column of the files can contain anything. */
export function relationsOf(kind: ValueKind): Relation[] {
  switch (kind) {
    case 'text':
      return textRelations;
    case 'number':
    case 'day':
      return orderRelations;
    case 'open':
      return [...textRelations.slice(0, -2), 'less', 'at_most', 'greater', 'at_least', 'empty', 'not_empty'];
    default:
      return kind satisfies never;
  }
}

const relationLabels: Record<Relation, string> = {
  in: 'is',
  not_in: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  not_starts_with: 'does not start with',
  ends_with: 'ends with',
  not_ends_with: 'does not end with',
  matches: 'matches (RE2)',
  not_matches: 'does not match (RE2)',
  less: 'is less than',
  at_most: 'is at most',
  greater: 'is more than',
  at_least: 'is at least',
  empty: 'is empty',
  not_empty: 'is not empty',
};

const dayLabels: Partial<Record<Relation, string>> = { in: 'is on', not_in: 'is not on', less: 'is before', at_most: 'is on or before', greater: 'is after', at_least: 'is on or after' };

export function relationLabel(relation: Relation, kind: ValueKind): string {
  return (kind === 'day' ? dayLabels[relation] : undefined) ?? relationLabels[relation];
}

/** A condition; `column` "" while none is chosen. */
export type DraftRow = { id: string; column: string; relation: Relation; values: (string | null)[] };

export type DraftGroup = { id: string; match: Match; items: DraftItem[] };

export type DraftItem = DraftRow | DraftGroup;

export function isGroup(item: DraftItem): item is DraftGroup {
  return 'items' in item;
}

let made = 0;

/** An id that no other item of this page has: items keep what is typed into them while others come and go. */
function newId(): string {
  made += 1;
  return `item-${made}`;
}

export function newRow(): DraftRow {
  return { id: newId(), column: '', relation: 'in', values: [] };
}

export function newGroup(match: Match): DraftGroup {
  return { id: newId(), match, items: [newRow()] };
}

/** The draft of a filter; its outermost part is always a group. */
export function draftOf(filter: Filter): DraftGroup {
  const item = itemOf(filter);
  return isGroup(item) ? item : { id: newId(), match: 'all', items: [item] };
}

function itemOf(filter: Filter): DraftItem {
  switch (filter.kind) {
    case 'condition':
      return rowOf(filter.condition ?? { column: '', op: 'in', values: [] }, false);
    case 'all':
    case 'any':
      return { id: newId(), match: filter.kind, items: (filter.parts ?? []).map(itemOf) };
    case 'not': {
      const [part] = filter.parts ?? [];
      if (!part) return newGroup('none');
      if (part.condition && negatedOf(part.condition) !== null) return rowOf(part.condition, true);
      if (part.kind === 'all') return { id: newId(), match: 'not_all', items: (part.parts ?? []).map(itemOf) };
      return { id: newId(), match: 'none', items: part.kind === 'any' ? (part.parts ?? []).map(itemOf) : [itemOf(part)] };
    }
    default:
      return filter.kind satisfies never;
  }
}

function negatedOf({ op, values }: Condition): Relation | null {
  const absence = values.length === 1 && values[0] === null;
  switch (op) {
    case 'in':
      return absence ? 'not_empty' : 'not_in';
    case 'not_in':
      return absence ? 'empty' : 'in';
    case 'contains':
    case 'starts_with':
    case 'ends_with':
    case 'matches':
      return `not_${op}`;
    case 'less':
    case 'at_most':
    case 'greater':
    case 'at_least':
      return null;
    default:
      return op satisfies never;
  }
}

function rowOf(condition: Condition, negated: boolean): DraftRow {
  const { column, op, values } = condition;
  const absence = values.length === 1 && values[0] === null;
  const plain: Relation = absence && op === 'in' ? 'empty' : absence && op === 'not_in' ? 'not_empty' : op;
  const relation = (negated && negatedOf(condition)) || plain;
  return { id: newId(), column, relation, values: hasValues(relation) ? values : [] };
}

/** Whether a relation is about values that the person names. */
export function hasValues(relation: Relation): boolean {
  return relation !== 'empty' && relation !== 'not_empty';
}

/** Whether a relation takes one value only. */
export function takesOne(relation: Relation): boolean {
  return relation === 'less' || relation === 'at_most' || relation === 'greater' || relation === 'at_least';
}

/** Whether a relation names values exactly, which a list can offer. */
export function isExact(relation: Relation): boolean {
  return relation === 'in' || relation === 'not_in';
}

export function isComplete(row: DraftRow): boolean {
  return row.column !== '' && (!hasValues(row.relation) || row.values.length > 0);
}

/** Whether nothing is missing in any row. */
export function allComplete(item: DraftItem): boolean {
  return isGroup(item) ? item.items.every(allComplete) : isComplete(item);
}

/** The filter of a draft, without the rows that are not complete and the groups that have nothing in them. */
export function filterOf(item: DraftItem): Filter {
  if (!isGroup(item)) return rowFilter(item);
  const parts = item.items.filter(hasAny).map(filterOf);
  if (parts.length === 0) return { kind: 'all' };
  const [only] = parts;
  const joined = (kind: 'all' | 'any'): Filter => (parts.length === 1 && only ? only : { kind, parts: kind === 'all' ? parts.flatMap(partsOf) : parts });
  switch (item.match) {
    case 'all':
    case 'any':
      return joined(item.match);
    case 'none':
      return { kind: 'not', parts: [joined('any')] };
    case 'not_all':
      return { kind: 'not', parts: [joined('all')] };
    default:
      return item.match satisfies never;
  }
}

function hasAny(item: DraftItem): boolean {
  return isGroup(item) ? item.items.some(hasAny) : isComplete(item);
}

function rowFilter({ column, relation, values }: DraftRow): Filter {
  const condition = (op: Op, wanted: (string | null)[] = values): Filter => ({ kind: 'condition', condition: { column, op, values: wanted } });
  const not = (part: Filter): Filter => ({ kind: 'not', parts: [part] });
  switch (relation) {
    case 'empty':
      return condition('in', [null]);
    case 'not_empty':
      return condition('not_in', [null]);
    case 'not_contains':
      return not(condition('contains'));
    case 'not_starts_with':
      return not(condition('starts_with'));
    case 'not_ends_with':
      return not(condition('ends_with'));
    case 'not_matches':
      return not(condition('matches'));
    case 'in':
    case 'not_in':
    case 'contains':
    case 'starts_with':
    case 'ends_with':
    case 'matches':
    case 'less':
    case 'at_most':
    case 'greater':
    case 'at_least':
      return condition(relation);
    default:
      return relation satisfies never;
  }
}
