import { formatMoney, fullMoney } from '../../lib/money';
import type { AnswerRow } from '../../lib/wire';
import { costColumns } from './model';

/** The ledger's totals placed under their columns. */
export function totalsByColumn(totals: AnswerRow[], currency: string): Record<string, { text: string; title: string }> {
  const answer = totals.find((row) => row.currency === currency) ?? totals[0];
  if (!answer) return {};
  return Object.fromEntries(
    costColumns.map((name, index) => {
      const amount = answer.amounts[index] ?? null;
      return [name, { text: formatMoney(amount, answer.currency), title: fullMoney(amount, answer.currency) }];
    }),
  );
}
