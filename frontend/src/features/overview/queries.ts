/**
 * The questions of the overview. Each card asks all it needs in one call, answered of one snapshot of the ledger, so that its figures
 * always belong to the same period and tie: rows, rest, shares and changes come from the ledger and are never calculated here.
 */
import { useIsFetching, useQuery } from '@tanstack/react-query';

import type { Bridge } from '../../bridge/ports';
import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { narrowed, withoutColumn } from '../../lib/filter';
import type { Condition, Filter, Spend, SpendBase, SpendQuestion, TableFormat } from '../../lib/wire';
import { forecastsKey, useForecast } from '../../parts/useForecast';
import { useSaving } from '../../parts/useSaving';
import type { LedgerView } from '../../ui/view/ledgerView';
import { besideColumns, dimensionOf, providerColumn, type Dimension, type DimensionId } from './dimensions';
import type { Grain } from './model';
import type { RowOrder } from './order';

/** The part of the view that decides an answer. */
export type Scope = {
  metric: string;
  currency: string;
  where: Filter;
  from: string;
  to: string;
  base: SpendBase;
  compareFrom: string;
  compareTo: string;
};

export function scopeOf(view: LedgerView): Scope {
  const { metric, currency, where, from, to, base, compareFrom, compareTo } = view;
  return { metric, currency, where, from, to, base, compareFrom, compareTo };
}

const overviewKeys = {
  of: (workspace: string) => [...ledgerKeys.all, workspace, 'overview'] as const,
  card: (workspace: string, card: string, detail: unknown, asked: unknown) => [...ledgerKeys.all, workspace, 'overview', card, detail, asked] as const,
};

/** One card's query. Its old figures stay in sight while new ones come, but only for the same client and the same kind of question. */
function useCard<Data>(card: string, detail: string, asked: unknown, answer: (ledger: Bridge['ledger']) => Promise<Data>, wanted = true) {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: overviewKeys.card(workspace, card, detail, asked),
    queryFn: () => answer(ledger),
    enabled: workspace !== '' && wanted,
    placeholderData: (previous, query) => (query?.queryKey[1] === workspace && query.queryKey[4] === detail ? previous : undefined),
  });
}

/** Whether a card shows what was asked for before, while what is asked for now is on its way: another view, or a newer ledger. */
export function isOld({ isPlaceholderData, isRefetching }: { isPlaceholderData: boolean; isRefetching: boolean }): boolean {
  return isPlaceholderData || isRefetching;
}

/** A cost by a column, all its values, without comparison and series. */
function questionOf(scope: Scope, column: string, changes: Partial<SpendQuestion> = {}): SpendQuestion {
  const { metric, currency, where, from, to } = scope;
  return { metric, currency, where, from, to, base: 'none', compareFrom: '', compareTo: '', column, nameColumn: '', beside: [], top: 0, sort: 'amount', up: false, grain: '', context: true, ...changes };
}

/** The answer to one question. */
async function spendOf(ledger: Bridge['ledger'], question: SpendQuestion): Promise<Spend> {
  const [spend] = await ledger.Spend([question]);
  if (!spend) throw new Error('Spend answered nothing.');
  return spend;
}

function compared({ base, compareFrom, compareTo }: Scope): Partial<SpendQuestion> {
  return { base, compareFrom, compareTo };
}

function named(dimension: Dimension): Partial<SpendQuestion> {
  return { nameColumn: dimension.nameColumn ?? '', beside: besideColumns(dimension) };
}

const usage: Condition = { column: 'ChargeCategory', op: 'in', values: ['Usage'] };

/** The figures at the top of the page. */
export function useFigures(scope: Scope, options: { coverage: boolean; otherCurrencies: boolean }) {
  return useCard('figures', JSON.stringify(options), scope, async (ledger) => {
    const coverage = questionOf(scope, 'CommitmentDiscountStatus', { metric: 'EffectiveCost', where: narrowed(scope.where, usage) });
    const { metric, where, from, to } = scope;
    const questions = [questionOf(scope, providerColumn, compared(scope)), questionOf(scope, 'ChargeCategory'), questionOf(scope, 'ChargeClass')];
    const [[spend, categories, classes, covered], currencies] = await Promise.all([
      ledger.Spend(options.coverage ? [...questions, coverage] : questions),
      options.otherCurrencies
        ? ledger.Ask({ metrics: [metric], groupBy: [], where: withoutColumn(where, 'BillingCurrency'), from, to, grain: '', currency: '', limit: 0, sort: '' })
        : null,
    ]);
    if (!spend || !categories || !classes) throw new Error('Spend left a question unanswered.');
    return { spend, categories, classes, coverage: covered, currencies };
  });
}

export type Figures = NonNullable<ReturnType<typeof useFigures>['data']>;

/** How much of the usage has tags. Only the lines themselves know, so it is asked once the figures that daily totals answer are there. */
export function useTagged(scope: Scope, wanted: boolean) {
  return useCard('tagged', '', scope, (ledger) => spendOf(ledger, questionOf(scope, 'HasTags', { metric: 'AbsoluteCost', where: narrowed(scope.where, usage) })), wanted);
}

/**
 * What the month comes to. The forecast looks for commitments among all lines, which takes longer than all cards together the first
 * time: it is asked once they are there.
 */
export function useLanding({ metric, currency, where }: Scope, wanted: boolean) {
  const cards = useIsFetching({ queryKey: overviewKeys.of(useWorkspacePath()) });
  return useForecast({ metric, currency, where, months: 1 }, wanted && cards === 0);
}

/** At most this many things have a colour of their own in a chart. */
const seriesMax = 7;

/** The course of cost, stacked by one dimension. */
export function useCostCourse(scope: Scope, stack: DimensionId, grain: Grain | 'usual') {
  return useCard('course', `${stack} ${grain}`, scope, async (ledger) => {
    const { column, nameColumn = '' } = dimensionOf(stack);
    const spend = await spendOf(ledger, questionOf(scope, column, { nameColumn, top: seriesMax, grain }));
    return { column, spend, grain: spend.series?.grain === 'month' ? 'month' : 'day' } satisfies { column: string; spend: Spend; grain: Grain };
  });
}

/** What the days cost that have passed and that a provider has not delivered yet; it is asked for only where it is wanted. */
export function useEstimate({ metric, currency, where }: Scope, wanted: boolean) {
  const { forecasts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: [forecastsKey, workspace, 'estimate', { metric, currency, where }] as const,
    queryFn: () => forecasts.Estimate({ metric, currency, where, months: 0 }),
    enabled: workspace !== '' && wanted,
  });
}

export type CostCourse = NonNullable<ReturnType<typeof useCostCourse>['data']>;

export type MoverBy = 'service' | 'account' | 'region';

/** At most this many changes are listed. */
const moversMax = 6;

/** What changed most against the earlier period. */
export function useMovers(scope: Scope, by: MoverBy) {
  return useCard('movers', by, scope, async (ledger) => {
    const dimension = dimensionOf(by);
    const { comparison } = await spendOf(ledger, questionOf(scope, dimension.column, { top: moversMax, ...compared(scope), ...named(dimension) }));
    return { dimension, comparison };
  });
}

/** The cost by one dimension: the first values of the order, the rest and the whole. */
export function useBreakdown(scope: Scope, by: DimensionId, order: RowOrder, rows: number) {
  return useCard('breakdown', by, { scope, order, rows }, async (ledger) => {
    const dimension = dimensionOf(by);
    const spend = await spendOf(ledger, questionOf(scope, dimension.column, { top: rows, ...order, grain: 'usual', ...compared(scope), ...named(dimension) }));
    return { dimension, spend };
  });
}

export type Breakdown = NonNullable<ReturnType<typeof useBreakdown>['data']>;

/** Saves the bill taken apart by one dimension, with all its rows, where the person chooses. */
export function useExportBreakdown() {
  const { ledger } = useBridge();
  return useSaving(({ scope, by, order, format }: { scope: Scope; by: DimensionId; order: RowOrder; format: TableFormat }) => {
    const { column, nameColumn, beside, plural } = dimensionOf(by);
    const question = questionOf(scope, column, { ...compared(scope), ...order, nameColumn: nameColumn ?? '', beside: beside ? [beside.column] : [] });
    return ledger.ExportBreakdown(question, `${plural} ${scope.from} to ${scope.to}`, format);
  });
}
