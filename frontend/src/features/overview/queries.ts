/**
 * The questions of the overview. Each card asks all it needs in one query, so that its figures always belong to the same period and
 * tie: rows, rest and total come from the ledger and are never added here.
 */
import { useQuery } from '@tanstack/react-query';

import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { type ValueNames, valueNamesOf } from '../../lib/accountNames';
import { narrowed, withoutColumn } from '../../lib/filter';
import type { Answer, Condition, Filter, Question, TableFormat } from '../../lib/wire';
import { useSaving } from '../../parts/useSaving';
import type { LedgerView } from '../../ui/view/ledgerView';
import { dimensionOf, providerColumn, type Dimension, type DimensionId } from './dimensions';
import { breakdownRows, chartWindow, defaultGrain, moversOf, timesOf, totalOf, traitsOf, type Grain } from './model';

type Ask = (question: Question) => Promise<Answer>;

/** How a card asks for the names of accounts, with its figures. */
type AskNames = () => Promise<ValueNames>;

/** The part of the view that decides an answer. */
export type Scope = {
  metric: string;
  currency: string;
  where: Filter;
  from: string;
  to: string;
  compareFrom: string;
  compareTo: string;
  firstDay: string;
  lastDay: string;
};

export function scopeOf(view: LedgerView): Scope {
  const { metric, currency, from, to, compareFrom, compareTo, facts } = view;
  const { firstDay, lastDay } = facts;
  return { metric, currency, where: view.where, from, to, compareFrom, compareTo, firstDay, lastDay };
}

const overviewKeys = {
  card: (workspace: string, card: string, detail: unknown, scope: Scope) => [...ledgerKeys.all, workspace, 'overview', card, detail, scope] as const,
};

/** One card's query. Its old figures stay in sight while new ones come, but only for the same client and the same kind of question. */
function useCard<Data>(card: string, detail: string, scope: Scope, answer: (ask: Ask, askNames: AskNames) => Promise<Data>) {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: overviewKeys.card(workspace, card, detail, scope),
    queryFn: () => answer((question) => ledger.Ask(question), async () => valueNamesOf(await ledger.AccountNames())),
    enabled: workspace !== '',
    placeholderData: (previous, query) => (query?.queryKey[1] === workspace && query.queryKey[4] === detail ? previous : undefined),
  });
}

function questionOf(scope: Scope, changes: Partial<Question>): Question {
  const { metric, where, from, to, currency } = scope;
  return { metrics: [metric], groupBy: [], where, from, to, grain: '', currency, limit: 0, sort: '', ...changes };
}

function before(scope: Scope): { from: string; to: string } {
  return { from: scope.compareFrom, to: scope.compareTo };
}

/** The clouds that have a charge in the answer: a late one that the filters leave out makes nothing incomplete. */
function namesOf(answer: Answer): string[] {
  return answer.rows.flatMap((row) => row.keys[0] ?? []);
}

/** The figures at the top of the page. */
export function useFigures(scope: Scope, options: { coverage: boolean; otherCurrencies: boolean }) {
  return useCard('figures', JSON.stringify(options), scope, async (ask) => {
    const usage: Condition = { column: 'ChargeCategory', op: 'in', values: ['Usage'] };
    const correction: Condition = { column: 'ChargeClass', op: 'in', values: ['Correction'] };
    const [current, previous, tagged, coverage, categories, corrections, currencies, clouds] = await Promise.all([
      ask(questionOf(scope, {})),
      scope.compareFrom === '' ? null : ask(questionOf(scope, before(scope))),
      ask(questionOf(scope, { groupBy: ['HasTags'] })),
      options.coverage ? ask(questionOf(scope, { metrics: ['EffectiveCost'], groupBy: ['CommitmentDiscountStatus'], where: narrowed(scope.where, usage) })) : null,
      ask(questionOf(scope, { groupBy: ['ChargeCategory'] })),
      ask(questionOf(scope, { where: narrowed(scope.where, correction) })),
      options.otherCurrencies ? ask(questionOf(scope, { currency: '', where: withoutColumn(scope.where, 'BillingCurrency') })) : null,
      ask(questionOf(scope, { groupBy: [providerColumn], from: scope.compareFrom === '' ? scope.from : scope.compareFrom })),
    ]);
    return { current, previous, tagged, coverage, categories, corrections, currencies, providers: namesOf(clouds) };
  });
}

export type Figures = NonNullable<ReturnType<typeof useFigures>['data']>;

/** At most this many things have a colour of their own in a chart. */
const seriesMax = 7;

/** The course of cost, stacked by one dimension. */
export function useCostCourse(scope: Scope, stack: DimensionId, grain: Grain) {
  return useCard('course', `${stack} ${grain}`, scope, async (ask) => {
    const { column } = dimensionOf(stack);
    const window = chartWindow(scope, grain, scope);
    const top = await ask(questionOf(scope, { ...window, groupBy: [column], limit: seriesMax + 1 }));
    const all = top.rows.length <= seriesMax + 1 && top.groups <= seriesMax + 1;
    const keys = top.rows.slice(0, all ? undefined : seriesMax).map((row) => row.keys[0] ?? null);
    const rest = narrowed(scope.where, { column, op: 'not_in', values: keys });
    const [parts, others, totals, shares, clouds] = await Promise.all([
      ask(questionOf(scope, { ...window, groupBy: [column], grain, where: narrowed(scope.where, { column, op: 'in', values: keys }) })),
      all ? null : ask(questionOf(scope, { ...window, grain, where: rest })),
      ask(questionOf(scope, { ...window, grain })),
      ask(questionOf(scope, { groupBy: [column] })),
      ask(questionOf(scope, { ...window, groupBy: [providerColumn] })),
    ]);
    return { column, providers: namesOf(clouds), keys, window, times: timesOf(window, grain), parts, others, totals, shares };
  });
}

export type CostCourse = NonNullable<ReturnType<typeof useCostCourse>['data']>;

export type MoverBy = 'service' | 'account' | 'region';

/** What changed most against the earlier period. */
export function useMovers(scope: Scope, by: MoverBy) {
  return useCard('movers', by, scope, async (ask, askNames) => {
    const dimension = dimensionOf(by);
    if (scope.compareFrom === '') return { dimension, movers: null, names: new Map() };
    const [current, previous] = await Promise.all([
      ask(questionOf(scope, { groupBy: [dimension.column] })),
      ask(questionOf(scope, { groupBy: [dimension.column], ...before(scope) })),
    ]);
    const movers = moversOf(current, previous, 7);
    const keys = movers.map((mover) => mover.keys[0] ?? null);
    return { dimension, movers, names: await traits({ ask, askNames }, scope, dimension, keys, { from: scope.compareFrom }) };
  });
}

async function traits({ ask, askNames }: { ask: Ask; askNames: AskNames }, scope: Scope, dimension: Dimension, keys: (string | null)[], changes: Partial<Question>) {
  const { column, nameColumn, beside } = dimension;
  const groupBy = [...new Set([column, nameColumn, beside?.column, providerColumn].filter((name) => name !== undefined))];
  const where = narrowed(scope.where, { column, op: 'in', values: keys });
  const [answer, nameOf] = await Promise.all([ask(questionOf(scope, { groupBy, where, ...changes })), askNames()]);
  const at = (name: string | undefined) => (name === undefined ? -1 : groupBy.indexOf(name));
  return traitsOf(answer, { name: at(nameColumn), beside: at(beside?.column), provider: at(providerColumn) }, (key) => nameOf(column, key));
}

/** The bill taken apart by one dimension: the largest parts, the rest and the whole. */
export function useBreakdown(scope: Scope, by: DimensionId, rows: number) {
  return useCard('breakdown', by, { ...scope }, async (ask, askNames) => {
    const dimension = dimensionOf(by);
    const { column } = dimension;
    const current = await ask(questionOf(scope, { groupBy: [column], limit: rows }));
    const keys = current.rows.map((row) => row.keys[0] ?? null);
    const shown = narrowed(scope.where, { column, op: 'in', values: keys });
    const hidden = narrowed(scope.where, { column, op: 'not_in', values: keys });
    const compared = scope.compareFrom !== '';
    const grain = defaultGrain(scope);
    const window = chartWindow(scope, grain, scope);
    const [previous, previousTotal, rest, previousRest, course, known] = await Promise.all([
      compared ? ask(questionOf(scope, { groupBy: [column], where: shown, ...before(scope) })) : null,
      compared ? ask(questionOf(scope, before(scope))) : null,
      current.groups > keys.length ? ask(questionOf(scope, { where: hidden })) : null,
      compared ? ask(questionOf(scope, { where: hidden, ...before(scope) })) : null,
      ask(questionOf(scope, { groupBy: [column], where: shown, grain, ...window })),
      traits({ ask, askNames }, scope, dimension, keys, {}),
    ]);
    const times = timesOf(window, grain);
    return {
      dimension,
      keys,
      window,
      grain,
      times,
      groups: current.groups,
      rows: breakdownRows({ current, previous, traits: known, course, times }),
      total: totalOf(current, scope.currency),
      previousTotal: totalOf(previousTotal, scope.currency),
      rest: totalOf(rest, scope.currency),
      previousRest: totalOf(previousRest, scope.currency),
      compared,
    };
  });
}

export type Breakdown = NonNullable<ReturnType<typeof useBreakdown>['data']>;

/** Saves the bill taken apart by one dimension, with all its rows, where the person chooses. */
export function useExportBreakdown() {
  const { ledger } = useBridge();
  return useSaving(({ scope, by, format }: { scope: Scope; by: DimensionId; format: TableFormat }) => {
    const { column, nameColumn, beside, plural } = dimensionOf(by);
    const { metric, currency, where, from, to, compareFrom, compareTo } = scope;
    const question = { metric, currency, where, from, to, compareFrom, compareTo, column, nameColumn: nameColumn ?? '', beside: beside?.column ?? '' };
    return ledger.ExportBreakdown(question, `${plural} ${from} to ${to}`, format);
  });
}
