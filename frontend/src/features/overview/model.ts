/** What the overview makes of the answers of the ledger. Pure: amounts come in as exact text and stay so. */
import { addDays, addMonths, countDays, eachDay, eachMonth, firstOfMonth, lastOfMonth } from '../../lib/days';
import { absolute, compare } from '../../lib/decimal';
import { deltaOf, type Delta } from '../../lib/percent';
import type { Answer, AnswerRow } from '../../lib/wire';

export type Grain = 'day' | 'month';

/** Text that stands for a key in a map; no value and the text "null" must not meet. */
export function idOf(keys: (string | null)[]): string {
  return JSON.stringify(keys);
}

/** The one total of the chosen currency; undefined when no line matched. */
export function totalOf(answer: Answer | null, currency: string): AnswerRow | undefined {
  return answer?.totals.find((row) => row.currency === currency);
}

export function amountOf(row: AnswerRow | undefined): string | null {
  return row?.amounts[0] ?? null;
}

type Window = { from: string; to: string };

/** The days a chart shows: the period, reached back to ninety days or thirteen months so that a short one has its context. */
export function chartWindow(period: Window, grain: Grain, ledger: { firstDay: string; lastDay: string }): Window {
  const context = grain === 'day' ? addDays(period.to, -89) : addMonths(firstOfMonth(period.to), -12);
  const start = grain === 'day' ? period.from : firstOfMonth(period.from);
  const from = context < start ? context : start;
  const end = grain === 'day' ? period.to : lastOfMonth(period.to);
  return {
    from: from < ledger.firstDay && start >= ledger.firstDay ? ledger.firstDay : from,
    to: end > ledger.lastDay && period.to <= ledger.lastDay ? ledger.lastDay : end,
  };
}

export function defaultGrain(period: Window): Grain {
  return period.from !== '' && countDays(period.from, period.to) > 92 ? 'month' : 'day';
}

export function timesOf(window: Window, grain: Grain): string[] {
  return grain === 'day' ? eachDay(window.from, window.to) : eachMonth(window.from, window.to);
}

export type Traits = { name: string | null; beside: string | null; provider: string | null };

/** What is known of each key beside its cost: the traits of its largest part, and the name that an account has in any file. */
export function traitsOf(answer: Answer, columns: { name: number; beside: number; provider: number }, nameOf: (key: string) => string): Map<string, Traits> {
  const traits = new Map<string, Traits>();
  for (const { keys } of answer.rows) {
    const id = idOf(keys.slice(0, 1));
    if (traits.has(id)) continue;
    const at = (column: number) => (column < 0 ? null : (keys[column] ?? null));
    const key = keys[0] ?? '';
    traits.set(id, { name: nameOf(key) || at(columns.name), beside: at(columns.beside), provider: at(columns.provider) });
  }
  return traits;
}

export type BreakdownRow = {
  key: string | null;
  name: string | null;
  beside: string | null;
  provider: string | null;
  current: string | null;
  /** Null when unknown, or when the thing did not exist before; `isNew` tells which. */
  previous: string | null;
  isNew: boolean;
  delta: Delta | null;
  marks: (string | null)[];
};

export type BreakdownParts = {
  current: Answer;
  previous: Answer | null;
  traits: Map<string, Traits>;
  course: Answer;
  times: string[];
};

/** The rows of the breakdown in the order the ledger gave, the largest first. */
export function breakdownRows({ current, previous, traits, course, times }: BreakdownParts): BreakdownRow[] {
  const before = new Map(previous?.rows.map((row) => [idOf(row.keys), row]));
  const courses = new Map<string, Map<string, string | null>>();
  for (const row of course.rows) {
    const id = idOf(row.keys);
    const own = courses.get(id) ?? new Map<string, string | null>();
    own.set(row.time, amountOf(row));
    courses.set(id, own);
  }
  return current.rows.map((row) => {
    const id = idOf(row.keys);
    const earlier = before.get(id);
    const isNew = previous !== null && earlier === undefined;
    const now = amountOf(row);
    const then = amountOf(earlier);
    const own = courses.get(id);
    const known = traits.get(id);
    return {
      key: row.keys[0] ?? null,
      name: known?.name ?? row.keys[0] ?? null,
      beside: known?.beside ?? null,
      provider: known?.provider ?? null,
      current: now,
      previous: then,
      isNew,
      delta: previous === null ? null : deltaOf(now, isNew ? '0' : then),
      marks: times.map((time) => own?.get(time) ?? null),
    };
  });
}

export type Mover = {
  keys: (string | null)[];
  current: string | null;
  previous: string | null;
  delta: Delta;
  state: 'changed' | 'new' | 'gone';
};

/** The groups whose cost changed most between two answers, either way. */
export function moversOf(current: Answer, previous: Answer, count: number): Mover[] {
  const now = new Map(current.rows.map((row) => [idOf(row.keys), row]));
  const before = new Map(previous.rows.map((row) => [idOf(row.keys), row]));
  const movers: Mover[] = [];
  for (const id of new Set([...now.keys(), ...before.keys()])) {
    const row = now.get(id);
    const earlier = before.get(id);
    const delta = deltaOf(row ? amountOf(row) : '0', earlier ? amountOf(earlier) : '0');
    if (!delta || delta.direction === 0) continue;
    movers.push({
      keys: (row ?? earlier)?.keys ?? [],
      current: row ? amountOf(row) : null,
      previous: earlier ? amountOf(earlier) : null,
      delta,
      state: row ? (earlier ? 'changed' : 'new') : 'gone',
    });
  }
  movers.sort((a, b) => compare(absolute(b.delta.amount), absolute(a.delta.amount)));
  return movers.slice(0, count);
}
