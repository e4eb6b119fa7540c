import { type LedgerColumn } from './model';

/** What the columns of a line are about, in the order of the drawer. */
export const groupTitles = ['Cost', 'What', 'Where', 'Price', 'Tags', 'Source', 'Other columns of the file'] as const;

export type GroupTitle = (typeof groupTitles)[number];

/** The first group whose pattern a FOCUS column meets is its own. */
const patterns: [GroupTitle, RegExp][] = [
  ['Cost', /^((Billed|Effective|List|Contracted)Cost|BillingCurrency|PricingCurrencyEffectiveCost)$/],
  ['Tags', /Tags$|^Tags\/|^Dim\//],
  ['Price', /^(Pricing|Contract)|UnitPrice$|^SkuPrice/],
  ['Source', /^(Invoice(Id|DetailId)|BillingPeriod)/],
  ['Where', /^(Account|BillingAccount|SubAccount|Region|AvailabilityZone|Provider|ServiceProvider|HostProvider|Publisher|InvoiceIssuer)/],
];

function groupOf({ name, focus, dimension }: LedgerColumn): GroupTitle {
  if (!focus && dimension !== true) return 'Other columns of the file';
  return patterns.find(([, pattern]) => pattern.test(name))?.[0] ?? 'What';
}

/** What is read first in its group, in this order. */
const leading = ['EffectiveCost', 'BilledCost', 'ListCost', 'ContractedCost', 'ChargePeriodStart', 'ChargePeriodEnd', 'ServiceName', 'ChargeDescription', 'ResourceName', 'ResourceId', 'ChargeCategory', 'Provider', 'Account'];

/** The rank of a column in its group: what is only derived from the charge period comes last. */
function rankOf({ name }: LedgerColumn): number {
  if (['Weekday', 'HourOfDay', 'PeriodLength'].includes(name)) return leading.length + 1;
  const at = leading.indexOf(name);
  return at < 0 ? leading.length : at;
}

/** The columns of a line by what they are about; groups without columns are left out. */
export function groupColumns(columns: LedgerColumn[]): { title: GroupTitle; columns: LedgerColumn[] }[] {
  return groupTitles
    .map((title) => ({ title, columns: columns.filter((column) => groupOf(column) === title).sort((a, b) => rankOf(a) - rankOf(b)) }))
    .filter((group) => group.columns.length > 0);
}
