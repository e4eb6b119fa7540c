/**
 * What a page looks at: period, metric, currency, scope and filter. All of it lives in the address, so back, forward and reload work.
 *
 *   const view = useLedgerView();
 *   view.from, view.to                     days, both included; "" only in an empty ledger
 *   view.base                              what the period is compared with; view.compareFrom and compareTo are the days of "custom", else ""
 *   view.presets                           the periods to choose from in the currency of the page
 *   view.metric, view.currency             what to ask for; currency "" means the lines that name none
 *   view.filter                            what the person filtered by, for chips and the filter editor
 *   view.scope                             the name of the chosen scope; "" = all charges
 *   view.where                             what to pass as Question.where / LinesQuestion.where: filter and scope
 *   view.setPreset, setPeriod, setComparing, setMetric, setCurrency, setScope, setFilter, addFilter, clearFilter
 *   view.linkTo('/charges', [condition])   an address with the same view and more filters, for <Link to=…> or navigate(…)
 *   view.facts                             what the ledger has, as far as controls need it
 *
 * addFilter replaces an earlier condition of the same column and operator. Works below LedgerViewProvider, which the shell mounts once the state
 * of the ledger is known; other parameters of the address (grouping, sort, tab) belong to the page and are left alone.
 */
import { createContext, use } from 'react';
import { useSearchParams } from 'react-router';

import { isDay } from '../../lib/days';
import { allOf, conditionFilter, everything, isEverything, isOp, readFilter, withConditions } from '../../lib/filter';
import type { Condition, Filter, PresetPeriod, SpendPreset } from '../../lib/wire';
import type { LedgerFacts } from '../../lib/ledgerFacts';
import type { MetricName } from '../../lib/metric';
import { readComparing, writeComparing, type Comparing, type Period } from '../../lib/period';

export const LedgerFactsContext = createContext<LedgerFacts | null>(null);

export type LedgerView = Comparing & {
  preset: SpendPreset | 'custom';
  presets: PresetPeriod[];
  from: string;
  to: string;
  metric: MetricName;
  currency: string;
  filter: Filter;
  scope: string;
  /** The filter of the scope alone. */
  scopeWhere: Filter;
  where: Filter;
  facts: LedgerFacts;
  setPreset: (preset: SpendPreset) => void;
  setPeriod: (from: string, to: string) => void;
  setComparing: (comparing: Comparing) => void;
  setMetric: (metric: MetricName) => void;
  setCurrency: (currency: string) => void;
  setScope: (name: string) => void;
  /** Scope and filter in one step. */
  chooseScope: (name: string, filter: Filter) => void;
  setFilter: (filter: Filter) => void;
  addFilter: (condition: Condition) => void;
  clearFilter: () => void;
  linkTo(pathname: string, more?: Condition[]): { pathname: string; search: string };
};

/** The parameters that belong to the view, in the address of every page that shows money. */
const viewParams = ['period', 'from', 'to', 'compare', 'metric', 'currency', 'scope', 'where', 'f'];

/** The parameters that say which charges are meant; "f" held one condition each in older addresses. */
const filterParams = ['where', 'f'];

export function useLedgerView(): LedgerView {
  const facts = use(LedgerFactsContext);
  if (!facts) throw new Error('useLedgerView needs a LedgerViewProvider above it.');
  const [params, setParams] = useSearchParams();

  const filter = readAddress(params);
  const scope = facts.scopes.find(({ name }) => name.toLowerCase() === params.get('scope')?.toLowerCase());
  const currency = readCurrency(params, facts);
  const presets = facts.currencies.find(({ code }) => code === currency)?.presets ?? [];
  const { preset, period } = readPeriod(params, presets);

  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    edit(next);
    setParams(next);
  };
  const noCurrency: Filter = currency === '' && facts.currencies.length > 1 ? conditionFilter({ column: 'BillingCurrency', op: 'in', values: [null] }) : everything;

  return {
    preset,
    presets,
    ...period,
    ...readComparing(params.get('compare')),
    metric: readMetric(params, facts),
    currency,
    filter,
    scope: scope?.name ?? '',
    scopeWhere: scope?.where ?? everything,
    where: allOf([scope?.where ?? everything, filter, noCurrency]),
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
    setComparing: (comparing) =>
      change((next) => {
        const text = writeComparing(comparing);
        if (text === '') next.delete('compare');
        else next.set('compare', text);
      }),
    setMetric: (metric) => change((next) => next.set('metric', metric)),
    setCurrency: (code) => change((next) => next.set('currency', code)),
    setScope: (name) => change((next) => (name === '' ? next.delete('scope') : next.set('scope', name))),
    chooseScope: (name, wanted) =>
      change((next) => {
        next.set('scope', name);
        writeFilter(next, wanted);
      }),
    setFilter: (wanted) => change((next) => writeFilter(next, wanted)),
    addFilter: (condition) => change((next) => writeFilter(next, withConditions(filter, [condition]))),
    clearFilter: () => change((next) => writeFilter(next, everything)),
    linkTo: (pathname, more = []) => {
      const next = new URLSearchParams();
      for (const [name, value] of params) if (viewParams.includes(name)) next.append(name, value);
      writeFilter(next, withConditions(filter, more));
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

/** The days in the address, or those of a preset: the first one unless the address names another. */
function readPeriod(params: URLSearchParams, presets: PresetPeriod[]): { preset: LedgerView['preset']; period: Period } {
  const from = params.get('from') ?? '';
  const to = params.get('to') ?? '';
  if (isDay(from) && isDay(to) && from <= to) return { preset: 'custom', period: { from, to } };
  const named = presets.find(({ preset }) => preset === params.get('period')) ?? presets[0];
  return { preset: named?.preset ?? 'mtd', period: { from: named?.from ?? '', to: named?.to ?? '' } };
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
  writeFilter(next, allOf(conditions.map(conditionFilter)));
  return { pathname: '/charges', search: `?${next.toString()}` };
}

/** Puts a filter into an address in place of what is there. */
export function writeFilter(params: URLSearchParams, filter: Filter): void {
  for (const name of filterParams) params.delete(name);
  if (!isEverything(filter)) params.set('where', JSON.stringify(filter));
}

function readAddress(params: URLSearchParams): Filter {
  const older = params.getAll('f').flatMap((text) => olderCondition(text) ?? []);
  return allOf([readFilter(params.get('where') ?? '') ?? everything, ...older.map(conditionFilter)]);
}

/** Reads a condition as older addresses have it: a list of column, operator and values. */
function olderCondition(text: string): Condition | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // An address typed by hand: what cannot be read filters nothing.
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const parts: unknown[] = parsed;
  const [column, named, ...rest] = parts;
  if (typeof column !== 'string' || !isOp(named)) return null;
  const values = rest.filter((value): value is string | null => value === null || typeof value === 'string');
  return values.length > 0 && values.length === rest.length ? { column, op: named, values } : null;
}
