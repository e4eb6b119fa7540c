import { z } from 'zod';

import { formatCounted, formatMoney } from '../../lib/money';
import { looksLikeAmount } from '../../lib/typed';
import type { AlertRuleDraft, AlertRuleInfo, AlertRuleKind } from '../../lib/wire';

/** What alert rules report. */
export const ruleKinds: { value: AlertRuleKind; label: string; helper: string }[] = [
  { value: 'anomaly', label: 'Anomaly', helper: 'An open anomaly with at least this impact, whether cost rose or fell' },
  { value: 'late', label: 'Late data', helper: 'A provider or billing account whose newest data is older than this many days' },
  { value: 'expiring', label: 'Commitment expires', helper: 'This many days before a commitment ends' },
  { value: 'regressed', label: 'Saving lost', helper: 'A finding that is done and whose saving is lost again' },
];

/** What the form of an alert rule holds. The Go side has the last word. */
export const ruleSchema = z
  .object({
    name: z.string().trim().min(1, 'Give the rule a name.').max(100, 'A name has at most 100 characters.'),
    kind: z.enum(['anomaly', 'late', 'expiring', 'regressed']),
    amount: z.string().trim(),
    currency: z.string(),
    days: z.string().trim(),
    scope: z.string(),
    on: z.boolean(),
  })
  .superRefine(({ kind, amount, currency, days }, context) => {
    const need = (path: string, missing: boolean, message: string) => {
      if (missing) context.addIssue({ code: 'custom', path: [path], message });
    };
    need('amount', kind === 'anomaly' && !looksLikeAmount(amount), 'Write an amount such as 500.');
    need('currency', kind === 'anomaly' && !/^[A-Z]{3}$/.test(currency), 'Choose a currency.');
    need('days', (kind === 'late' || kind === 'expiring') && !/^[1-9]\d{0,2}$/.test(days), 'Write a number of days.');
  });

export type RuleValues = z.infer<typeof ruleSchema>;

/** A form for a new rule. */
export function newRule(currency: string): RuleValues {
  return { name: '', kind: 'anomaly', amount: '', currency, days: '', scope: '', on: true };
}

/** The form of a rule that there is. */
export function ruleValues({ name, kind, amount, currency, days, scope, on }: AlertRuleInfo, usual: string): RuleValues {
  return { name, kind, amount, currency: currency || usual, days: days === 0 ? '' : String(days), scope, on };
}

/** What crosses to the Go side: only what the kind has. */
export function ruleDraft({ kind, amount, currency, days, ...values }: RuleValues): AlertRuleDraft {
  const anomaly = kind === 'anomaly';
  return { ...values, kind, amount: anomaly ? amount : '', currency: anomaly ? currency : '', days: kind === 'late' || kind === 'expiring' ? Number(days) : 0 };
}

/** What a rule reports, in words. */
export function describeRule({ kind, amount, currency, days }: AlertRuleInfo): string {
  switch (kind) {
    case 'anomaly':
      return `An anomaly with an impact of at least ${formatMoney(amount, currency)} ${currency}`;
    case 'late':
      return `Newest data more than ${formatCounted(days, 'day')} old`;
    case 'expiring':
      return `A commitment, ${formatCounted(days, 'day')} before its end`;
    case 'regressed':
      return 'A saving that was made and is lost again';
  }
}
