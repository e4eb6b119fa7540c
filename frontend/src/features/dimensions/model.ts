/** A virtual dimension while a person edits it. Pure. */
import type { Dimension, DimensionPreview, DimensionRule, LinesAndCost, ShownTable, ValueFrom } from '../../lib/wire';
import type { ValueNames } from '../../lib/accountNames';
import { everything } from '../../lib/filter';
import { columnsOfKind } from '../../lib/table';
import { columnLabel } from '../../ui/columnLabel';

/** A rule with an id of its own, so that what is typed into it moves along with it. */
export type RuleDraft = DimensionRule & { id: string };

export type DimensionDraft = { name: string; description: string; rules: RuleDraft[]; default: string };

let made = 0;

function newId(): string {
  made += 1;
  return `rule-${made}`;
}

export function newRule(): RuleDraft {
  return { id: newId(), where: everything, value: '', from: null };
}

export const emptyDraft = (): DimensionDraft => ({ name: '', description: '', rules: [newRule()], default: '' });

export function draftOf({ name, description, rules, default: rest }: Dimension): DimensionDraft {
  return { name, description, rules: rules.map((rule) => ({ ...rule, id: newId() })), default: rest ?? '' };
}

export function dimensionOf({ name, description, rules, default: rest }: DimensionDraft): Dimension {
  return { name: name.trim(), description: description.trim(), rules: rules.map(({ where, value, from }) => ({ where, value: from ? '' : value.trim(), from })), default: rest.trim() === '' ? null : rest.trim() };
}

/** The dimension as far as a preview depends on it: not on how its values and it itself are called. */
export function previewed({ rules }: DimensionDraft): Dimension {
  return { name: 'Preview', description: '', rules: rules.map(({ where, from }) => ({ where, value: from ? '' : 'value', from })), default: null };
}

/** How a value is taken from a column. */
export const takings = ['whole', 'split', 'capture'] as const;

export type Taking = (typeof takings)[number];

export const takingLabels: Record<Taking, string> = { whole: 'whole value', split: 'one part', capture: 'what matches' };

export function takingOf({ split, part, capture }: ValueFrom): Taking {
  if (capture !== '') return 'capture';
  return split !== '' || part !== 0 ? 'split' : 'whole';
}

export function withTaking(from: ValueFrom, taking: Taking): ValueFrom {
  const { column, lowerCase } = from;
  const whole = { column, lowerCase, split: '', part: 0, capture: '' };
  switch (taking) {
    case 'whole':
      return whole;
    case 'split':
      return { ...whole, split: '-', part: 1 };
    case 'capture':
      return { ...whole, capture: '^([^-]+)' };
    default:
      return taking satisfies never;
  }
}

function isTaken({ column, split, part, capture }: ValueFrom): boolean {
  return column !== '' && (split === '' || part !== 0) && (part === 0 || split !== '') && (capture === '' || split === '');
}

/** Whether a preview can be asked for: every rule that takes from a column says how. */
export function canPreview({ rules }: DimensionDraft): boolean {
  return rules.every(({ from }) => from === null || isTaken(from));
}

/** What keeps a dimension from being saved; "" = nothing. */
export function missingOf(draft: DimensionDraft): string {
  if (draft.name.trim() === '') return 'The dimension needs a name.';
  const at = draft.rules.findIndex(({ value, from }) => (from ? !isTaken(from) : value.trim() === ''));
  return at < 0 ? '' : `Rule ${at + 1} gives no value yet.`;
}

/** The rules with one moved by some places. */
export function movedRules(rules: RuleDraft[], id: string, by: number): RuleDraft[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const moved = rules[from];
  if (!moved) return rules;
  const next = rules.filter((rule) => rule.id !== id);
  next.splice(Math.min(Math.max(0, from + by), next.length), 0, moved);
  return next;
}

/** What no rule matches by the values of a column, with both totals, as it leaves for Excel or CSV. */
export function leftOverTable({ left, largest, total }: Pick<DimensionPreview, 'left' | 'largest' | 'total'>, column: string, currency: string, nameOf: ValueNames): ShownTable {
  const row = (part: string, value: string | null, name: string | null, { lines, amount }: LinesAndCost) => [part, value, name, String(lines), currency, amount];
  return {
    title: 'Charges without a rule',
    columns: [...columnsOfKind('text', 'Part', columnLabel(column), 'Name'), ...columnsOfKind('count', 'Lines'), ...columnsOfKind('text', 'Currency'), ...columnsOfKind('amount', 'Cost')],
    rows: [...largest.map((one) => row('Largest', one.value, one.value === null ? null : nameOf(column, one.value) || null, one)), row('No matching rule', null, null, left), row('All charges', null, null, total)],
    currencyColumn: 4,
  };
}
