import { z } from 'zod';

import { everything, isEverything } from '../../lib/filter';
import { metricNames } from '../../lib/metric';
import { looksLikeAmount } from '../../lib/typed';
import type { BudgetDraft, BudgetInfo, Filter, ProviderBudgetInfo } from '../../lib/wire';

/** Which charges a budget is of: all, those of a scope, or of a filter of its own. */
const kinds = ['all', 'scope', 'filter'] as const;

/** What the form of a budget holds. The Go side has the last word; this only spares a person the way there. */
export const budgetSchema = z
  .object({
    name: z.string().trim().min(1, 'Give the budget a name.').max(100, 'A name has at most 100 characters.'),
    of: z.enum(kinds),
    scope: z.string(),
    where: z.custom<Filter>(),
    metric: z.enum(metricNames),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Write the code of a currency, such as USD.'),
    firstMonth: z.number().int().min(1).max(12),
    weeks: z.boolean(),
    amounts: z.array(z.object({ period: z.string().trim().min(1, 'Write a period.'), amount: z.string().trim().refine(looksLikeAmount, 'Write an amount such as 1,500.50.') })).min(1, 'Enter an amount for at least one period.'),
    thresholds: z.array(z.object({ kind: z.enum(['actual', 'forecast', 'pace', 'absolute', 'breach']), percent: z.string().trim().refine(looksLikeAmount, 'Write a number.') })),
    rollOver: z.boolean(),
    parent: z.string(),
    reason: z.string().max(1000, 'A reason has at most 1,000 characters.'),
  })
  .superRefine((values, context) => {
    if (values.of === 'scope' && values.scope === '') context.addIssue({ code: 'custom', path: ['scope'], message: 'Choose a scope.' });
    if (values.of === 'filter' && isEverything(values.where)) context.addIssue({ code: 'custom', path: ['where'], message: 'Add a condition, or choose all charges.' });
    const seen = new Set<string>();
    values.amounts.forEach(({ period }, at) => {
      if (seen.has(period)) context.addIssue({ code: 'custom', path: ['amounts', at, 'period'], message: 'This period is there twice.' });
      seen.add(period);
    });
  });

export type BudgetValues = z.infer<typeof budgetSchema>;

/** The thresholds of a budget that names none. */
const usualThresholds: BudgetValues['thresholds'] = [
  { kind: 'actual', percent: '50' },
  { kind: 'actual', percent: '80' },
  { kind: 'actual', percent: '100' },
  { kind: 'forecast', percent: '100' },
];

/** A form for a new budget. */
export function newValues(currency: string, metric: BudgetValues['metric']): BudgetValues {
  return { name: '', of: 'all', scope: '', where: everything, metric, currency, firstMonth: 1, weeks: false, amounts: [], thresholds: usualThresholds, rollOver: false, parent: '', reason: '' };
}

/** A new budget that begins with what a budget of a provider says; undefined changes nothing. Which charges it counts is for the person to say. */
export function takenValues(values: BudgetValues, from: ProviderBudgetInfo | undefined): BudgetValues {
  if (!from) return values;
  return { ...values, name: from.name.slice(0, 100), currency: from.currency, metric: 'BilledCost', amounts: [{ period: from.period, amount: from.amount }], reason: `Taken over from ${from.provider} ${from.account}` };
}

/** The form of a budget that there is. The reason is for the change to come. */
export function valuesOf(budget: BudgetInfo): BudgetValues {
  return {
    name: budget.name,
    of: budget.scope !== '' ? 'scope' : budget.text !== '' ? 'filter' : 'all',
    scope: budget.scope,
    where: budget.scope === '' ? budget.where : everything,
    metric: metricNames.find((name) => name === budget.metric) ?? 'EffectiveCost',
    currency: budget.currency,
    firstMonth: budget.firstMonth,
    weeks: budget.weeks,
    amounts: budget.amounts.map((one) => ({ ...one })),
    thresholds: budget.thresholds.map((one) => ({ ...one })),
    rollOver: budget.rollOver,
    parent: budget.parent,
    reason: '',
  };
}

/** What crosses to the Go side; was is the name that the budget has, "" = it is new. */
export function draftOf({ of, scope, where, ...values }: BudgetValues, was = ''): BudgetDraft {
  return { ...values, was: was === values.name ? '' : was, scope: of === 'scope' ? scope : '', where: of === 'filter' ? where : everything };
}

/** The amounts with others put in; those of the same periods are replaced, the others stay. */
export function withAmounts(amounts: BudgetValues['amounts'], more: BudgetValues['amounts']): BudgetValues['amounts'] {
  const kept = amounts.filter(({ period }) => !more.some((one) => one.period === period));
  return [...kept, ...more].sort((a, b) => (a.period < b.period ? -1 : 1));
}
