import { type ValueNames } from '../lib/accountNames';
import { isDay } from '../lib/days';
import type { Condition, Filter, Op } from '../lib/wire';
import { columnLabel } from './columnLabel';

const words: Record<Op, { is: string; not: string }> = {
  in: { is: 'is', not: 'is not' },
  not_in: { is: 'is not', not: 'is' },
  contains: { is: 'contains', not: 'does not contain' },
  starts_with: { is: 'starts with', not: 'does not start with' },
  ends_with: { is: 'ends with', not: 'does not end with' },
  matches: { is: 'matches', not: 'does not match' },
  less: { is: '<', not: 'not <' },
  at_most: { is: '≤', not: 'not ≤' },
  greater: { is: '>', not: 'not >' },
  at_least: { is: '≥', not: 'not ≥' },
};

const dayWords: Partial<Record<Op, string>> = { less: 'before', at_most: 'until', greater: 'after', at_least: 'from' };

/** How many values a sentence names before it counts the others. */
const NAMED_MAX = 2;

function describeCondition({ column, op, values }: Condition, nameOf: ValueNames, not: boolean): string {
  const label = columnLabel(column);
  const exact = op === 'in' || op === 'not_in';
  const [first] = values;
  if (exact && values.length === 1 && first === null) return `${label} is ${(op === 'in') === not ? 'not ' : ''}empty`;
  const shown = values.slice(0, NAMED_MAX).map((value) => (value === null ? 'empty' : nameOf(column, value) || value));
  const rest = values.length - shown.length;
  const dayWord = first !== null && first !== undefined && isDay(first) && !not ? dayWords[op] : undefined;
  return `${label} ${dayWord ?? words[op][not ? 'not' : 'is']} ${shown.join(' or ')}${rest > 0 ? ` or ${rest} more` : ''}`;
}

/** A filter in words: "Service is Amazon S3 or BigQuery". */
export function describeFilter(filter: Filter, nameOf: ValueNames): string {
  return describePart(filter, nameOf, false);
}

function describePart({ kind, parts = [], condition }: Filter, nameOf: ValueNames, inside: boolean): string {
  switch (kind) {
    case 'condition':
      return condition ? describeCondition(condition, nameOf, false) : '';
    case 'not': {
      const [part] = parts;
      if (part?.condition) return describeCondition(part.condition, nameOf, true);
      return part ? `not (${describePart(part, nameOf, false)})` : '';
    }
    case 'all':
    case 'any': {
      if (parts.length === 0) return kind === 'all' ? 'every charge' : 'no charge';
      const text = parts.map((part) => describePart(part, nameOf, true)).join(kind === 'all' ? ' and ' : ' or ');
      return inside && parts.length > 1 ? `(${text})` : text;
    }
    default:
      return kind satisfies never;
  }
}
