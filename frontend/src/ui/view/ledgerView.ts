/**
 * What a page looks at: period, metric, currency and filters. All of it lives in the address, so back, forward and reload work.
 *
 *   const view = useLedgerView();
 *   view.from, view.to                     days, both included; "" only in an empty ledger
 *   view.compareFrom, view.compareTo       the period to hold against; "" when the ledger does not reach back so far
 *   view.metric, view.currency             what to ask for; currency "" means the lines that name none
 *   view.filters                           what the person filtered by, for chips
 *   view.toConditions()                    what to pass as Question.where / LinesQuestion.where
 *   view.setPreset, setPeriod, setMetric, setCurrency, addFilter, removeFilter, clearFilters
 *   view.linkTo('/charges', [condition])   an address with the same view and more filters, for <Link to=…> or navigate(…)
 *   view.facts                             what the ledger holds, as far as controls need it
 *
 * addFilter replaces an earlier filter of the same column and op. Works below LedgerViewProvider, which the shell mounts once the state
 * of the ledger is known; other parameters of the address (grouping, sort, tab) belong to the page and are left alone.
 */
import { createContext, use } from 'react';
import { useSearchParams } from 'react-router';

import { isDay } from '../../lib/days';
import type { LedgerFacts } from '../../lib/ledgerFacts';
import type { MetricName } from '../../lib/metric';
import { comparisonOf, isPreset, periodOf, type Period, type PeriodPreset } from '../../lib/period';
import type { Condition } from '../../lib/wire';

export const LedgerFactsContext = createContext<LedgerFacts | null>(null);

export type LedgerView = {
  preset: PeriodPreset | 'custom';
  from: string;
  to: string;
  compareFrom: string;
  compareTo: string;
  metric: MetricName;
  currency: string;
  filters: Condition[];
  facts: LedgerFacts;
  setPreset: (preset: PeriodPreset) => void;
  setPeriod: (from: string, to: string) => void;
  setMetric: (metric: MetricName) => void;
  setCurrency: (currency: string) => void;
  addFilter: (condition: Condition) => void;
  removeFilter: (index: number) => void;
  clearFilters: () => void;
  toConditions: () => Condition[];
  linkTo(pathname: string, more?: Condition[]): { pathname: string; search: string };
};

/** The parameters that belong to the view, in the address of every page that shows money. */
const viewParams = ['period', 'from', 'to', 'metric', 'currency', 'f'];

export function useLedgerView(): LedgerView {
  const facts = use(LedgerFactsContext);
  if (!facts) throw new Error('useLedgerView needs a LedgerViewProvider above it.');
  const [params, setParams] = useSearchParams();

  const { preset, period } = readPeriod(params, facts);
  const comparison = comparisonOf(period, facts.firstDay);
  const filters = readFilters(params);
  const currency = readCurrency(params, facts);

  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next);
  };
  const writeFilters = (next: URLSearchParams, conditions: Condition[]) => {
    next.delete('f');
    for (const condition of conditions) next.append('f', encodeFilter(condition));
  };

  return {
    preset,
    ...period,
    compareFrom: comparison?.from ?? '',
    compareTo: comparison?.to ?? '',
    metric: readMetric(params, facts),
    currency,
    filters,
    facts,
    setPreset: (chosen) =>
      change((next) => {
        next.delete('from');
        next.delete('to');
        next.set('period', chosen);
      }),
    setPeriod: (from, to) =>
      change((next) => {
        next.delete('period');
        next.set('from', from);
        next.set('to', to);
      }),
    setMetric: (metric) => change((next) => next.set('metric', metric)),
    setCurrency: (code) => change((next) => next.set('currency', code)),
    addFilter: (condition) => change((next) => writeFilters(next, withFilters(filters, [condition]))),
    removeFilter: (index) => change((next) => writeFilters(next, filters.filter((_, at) => at !== index))),
    clearFilters: () => change((next) => next.delete('f')),
    toConditions: () => (currency === '' && facts.currencies.length > 1 ? [...filters, { column: 'BillingCurrency', op: 'in', values: [null] }] : filters),
    linkTo: (pathname, more = []) => {
      const next = new URLSearchParams();
      for (const [name, value] of params) if (viewParams.includes(name) && name !== 'f') next.append(name, value);
      writeFilters(next, withFilters(filters, more));
      return { pathname, search: next.size > 0 ? `?${next.toString()}` : '' };
    },
  };
}

/** The part of an address that says what the view is, to carry it from page to page. */
export function viewSearch(search: string): string {
  const next = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search)) if (viewParams.includes(name)) next.append(name, value);
  return next.size > 0 ? `?${next.toString()}` : '';
}

function withFilters(filters: Condition[], more: Condition[]): Condition[] {
  const replaced = (old: Condition) => more.some((added) => added.column === old.column && added.op === old.op);
  return [...filters.filter((old) => !replaced(old)), ...more];
}

function readPeriod(params: URLSearchParams, facts: LedgerFacts): { preset: PeriodPreset | 'custom'; period: Period } {
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  if (isDay(from) && isDay(to) && from <= to) return { preset: 'custom', period: { from, to } };
  const named = params.get('period');
  const preset = isPreset(named) ? named : 'mtd';
  return { preset, period: periodOf(preset, facts.firstDay, facts.lastDay) };
}

/** Effective cost unless the address says otherwise; the first known one when that has no values in this ledger. */
function readMetric(params: URLSearchParams, facts: LedgerFacts): MetricName {
  const wanted = params.get('metric') ?? 'EffectiveCost';
  return facts.knownMetrics.find((name) => name === wanted) ?? facts.knownMetrics[0] ?? 'EffectiveCost';
}

function readCurrency(params: URLSearchParams, facts: LedgerFacts): string {
  const wanted = params.get('currency');
  const codes = facts.currencies.map(({ code }) => code);
  return wanted !== null && codes.includes(wanted) ? wanted : (codes[0] ?? '');
}

/** The charge lines of a period and nothing else: a link that begins a view of its own. */
export function linesAddress(from: string, to: string, currency: string, conditions: Condition[]): { pathname: string; search: string } {
  const next = new URLSearchParams({ from, to });
  if (currency !== '') next.set('currency', currency);
  for (const condition of conditions) next.append('f', encodeFilter(condition));
  return { pathname: '/charges', search: `?${next.toString()}` };
}

function encodeFilter({ column, op, values }: Condition): string {
  return JSON.stringify([column, op, ...values]);
}

function readFilters(params: URLSearchParams): Condition[] {
  return params.getAll('f').flatMap((text) => {
    const condition = decodeFilter(text);
    return condition ? [condition] : [];
  });
}

function decodeFilter(text: string): Condition | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // An address typed by hand: what cannot be read filters nothing.
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const parts: unknown[] = parsed;
  const [column, op, ...rest] = parts;
  if (typeof column !== 'string' || (op !== 'in' && op !== 'not_in' && op !== 'contains')) return null;
  const values = rest.filter((value): value is string | null => value === null || typeof value === 'string');
  return values.length > 0 && values.length === rest.length ? { column, op, values } : null;
}
