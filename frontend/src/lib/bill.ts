/** Bills in words: which one, and what it costs. */
import { formatMonth } from './days';
import { metricLabels, metricNames, type MetricName } from './metric';
import type { IngestBill, IngestTotal } from './wire';

type Total = Pick<IngestTotal, 'currency' | 'metric' | 'amount'>;

/** "AWS, account 999988887777, Oct 2026"; with the name of the account "AWS, Example payer (999988887777), Oct 2026". */
export function describeBill({ provider, billingAccount, month }: IngestBill, name = ''): string {
  return `${describeProvider(provider)}, ${name === '' || billingAccount === '' ? describeAccount(billingAccount) : `${name} (${billingAccount})`}, ${formatMonth(month)}`;
}

/** Which bill it is, without what else is known of it. */
export function billOf({ provider, billingAccount, month }: IngestBill): IngestBill {
  return { provider, billingAccount, month };
}

export function describeProvider(provider: string): string {
  return provider === '' ? 'No provider named' : provider;
}

/** "account 999988887777". */
export function describeAccount(account: string): string {
  return account === '' ? 'no account named' : `account ${account}`;
}

/** The account without the path that some exports put before it: 100 for /providers/Microsoft.Billing/billingAccounts/100. */
export function accountName(account: string): string {
  return account.split('/').findLast((part) => part !== '') ?? '';
}

/** Whether two exports mean the same provider or account: their spelling differs. */
export function sameName(a: string, b: string): boolean {
  return accountName(a).toLowerCase() === accountName(b).toLowerCase();
}

/** One text for one bill however an export spells it, as a key and in an address. */
export function billKey({ provider, billingAccount, month }: IngestBill): string {
  return JSON.stringify([month, provider.toLowerCase(), accountName(billingAccount).toLowerCase()]);
}

/** The amount of a metric in a currency; null where the bill gives none. */
export function totalOf(totals: Total[], metric: string, currency: string): string | null {
  return totals.find((total) => total.metric === metric && total.currency === currency)?.amount ?? null;
}

/** The currencies of some totals, by their code. */
export function currenciesOf(totals: { currency: string }[]): string[] {
  return [...new Set(totals.map((total) => total.currency))].sort();
}

function isMetric(metric: string): metric is MetricName {
  return metricNames.some((name) => name === metric);
}

/** The measures some totals have: the FOCUS ones first, then the provider's own. */
export function metricsOf(totals: { metric: string }[]): string[] {
  const own = [...new Set(totals.map((total) => total.metric))].filter((metric) => !isMetric(metric)).sort();
  return [...metricNames.filter((name) => totals.some((total) => total.metric === name)), ...own];
}

/** What the providers call their own measures. */
const ownLabels = new Map(Object.entries({
  cost: 'Cost of the export',
  credits: 'Credits',
  net: 'Net of credits',
  net_unblended: 'Net unblended',
  paygcost: 'Pay-as-you-go',
  public_on_demand: 'Public on-demand',
}));

/** "Billed" for BilledCost, "Net unblended" for net_unblended, "My cost" for myCost. */
export function metricLabel(metric: string): string {
  if (isMetric(metric)) return metricLabels[metric];
  const words = metric.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ').toLowerCase();
  return ownLabels.get(metric) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
