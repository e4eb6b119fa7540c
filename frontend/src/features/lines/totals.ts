import { formatMoney, fullMoney } from '../../lib/money';
import { metricLabels, metricNames } from '../../lib/metric';
import type { AnswerRow } from '../../lib/wire';

function totalsIn(totals: AnswerRow[], currency: string): AnswerRow | undefined {
  return totals.find((row) => row.currency === currency) ?? totals[0];
}

/** The ledger's totals placed under their columns, those that are shown; undefined when none is. */
export function totalsByColumn(totals: AnswerRow[], currency: string, shown: string[]): Record<string, { text: string; title: string }> | undefined {
  const answer = totalsIn(totals, currency);
  if (!answer) return undefined;
  const entries = metricNames.flatMap((name, index) => {
    const amount = answer.amounts[index] ?? null;
    return shown.includes(name) ? [[name, { text: formatMoney(amount, answer.currency), title: fullMoney(amount, answer.currency) }] as const] : [];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The totals of the costs that no column shows. */
export function otherTotals(totals: AnswerRow[], currency: string, shown: string[]): { label: string; amount: string | null; currency: string }[] {
  const answer = totalsIn(totals, currency);
  if (!answer) return [];
  return metricNames.flatMap((name, index) => (shown.includes(name) ? [] : [{ label: metricLabels[name], amount: answer.amounts[index] ?? null, currency: answer.currency }]));
}
