/** Words for periods and what they are compared with. Which days these are is decided by the Go side. */
import { formatMonth, formatRange, isDay } from './days';
import type { SpendBase } from './wire';

export type Period = { from: string; to: string };

export const bases = ['previous', 'previous-month', 'last-year', 'custom', 'none'] as const satisfies readonly SpendBase[];

export const baseLabels: Record<SpendBase, string> = {
  previous: 'Previous period',
  'previous-month': 'Previous full month',
  'last-year': 'Same period last year',
  custom: 'Other days',
  none: 'Nothing',
};

/** What a period is compared with; the days only of the base custom. */
export type Comparing = { base: SpendBase; compareFrom: string; compareTo: string };

const usual: Comparing = { base: 'previous', compareFrom: '', compareTo: '' };

/** Reads the parameter of an address: a base, or "2026-10-01..2026-10-20". */
export function readComparing(text: string | null): Comparing {
  const base = bases.find((one) => one === text);
  if (base !== undefined && base !== 'custom') return { ...usual, base };
  const [compareFrom = '', compareTo = ''] = text?.split('..') ?? [];
  return isDay(compareFrom) && isDay(compareTo) && compareFrom <= compareTo ? { base: 'custom', compareFrom, compareTo } : usual;
}

/** The parameter of an address; "" for the usual comparison, which needs none. */
export function writeComparing({ base, compareFrom, compareTo }: Comparing): string {
  return base === 'custom' ? `${compareFrom}..${compareTo}` : base === usual.base ? '' : base;
}

/** "1–20 Oct": the period compared with, without the year where both share it. */
export function formatComparison(comparison: Period, period: Period): string {
  return formatRange(comparison.from, comparison.to, { year: comparison.to.slice(0, 4) !== period.to.slice(0, 4) });
}

/** "in November so far", "1 Sep – 20 Nov so far": the year is said where it is not this one. */
export function soFarText({ from, to }: Period, thisYear: number): string {
  const year = to.slice(0, 4) !== String(thisYear);
  const days = from.slice(0, 7) === to.slice(0, 7) ? `in ${formatMonth(to, { full: true, year })}` : formatRange(from, to, { year });
  return `${days} so far`;
}
