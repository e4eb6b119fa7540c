/** Plain words for the columns of the ledger. */
const labels = new Map(Object.entries({
  ProviderName: 'Provider name',
  ServiceProviderName: 'Service provider',
  HostProviderName: 'Host provider',
  PublisherName: 'Publisher',
  InvoiceIssuerName: 'Invoice issuer',
  BillingAccount: 'Billing account',
  BillingAccountId: 'Billing account ID',
  BillingAccountName: 'Billing account name',
  SubAccountId: 'Sub-account ID',
  SubAccountName: 'Sub-account name',
  ServiceName: 'Service',
  ServiceCategory: 'Service category',
  ServiceSubcategory: 'Service subcategory',
  RegionId: 'Region',
  RegionName: 'Region',
  ChargeCategory: 'Charge category',
  ChargeClass: 'Charge class',
  ChargeDescription: 'Description',
  ChargeFrequency: 'Charge frequency',
  ChargePeriodStart: 'Charge period',
  ChargePeriodEnd: 'Charge end',
  BillingPeriodStart: 'Billing period start',
  BillingPeriodEnd: 'Billing period end',
  BillingCurrency: 'Currency',
  BilledCost: 'Billed cost',
  EffectiveCost: 'Effective cost',
  ListCost: 'List cost',
  ContractedCost: 'Contracted cost',
  CommitmentDiscountStatus: 'Commitment status',
  CommitmentDiscountId: 'Commitment',
  ResourceId: 'Resource',
  ResourceName: 'Resource name',
  HasTags: 'Tags',
}));

/** A name as the FOCUS specification makes them: words that begin with a capital letter and stand together. */
const focusName = /^(?:[A-Z][a-z]+){2,}$/;

const capitals: Record<string, string> = { Id: 'ID', Sku: 'SKU' };

/** "Service" for ServiceName, "Tag team" for Tags/team, "Team" for Dim/Team; columns of the files that FOCUS does not name keep their name. */
export function columnLabel(column: string): string {
  const label = labels.get(column);
  if (label !== undefined) return label;
  if (column.startsWith('Tags/')) return `Tag ${column.slice(5)}`;
  if (column.startsWith('Dim/')) return column.slice(4);
  if (!focusName.test(column)) return column;
  const words = column.match(/[A-Z][a-z]+/g) ?? [];
  return words.map((word, at) => capitals[word] ?? (at === 0 ? word : word.toLowerCase())).join(' ');
}

/** Begins a name of columns or values with a small letter, unless it is an abbreviation. */
export function lowered(text: string): string {
  return /^[A-Z][A-Z]/.test(text) ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** How a key without value reads: "No region", "No SKU ID", "Not tagged with CostCenter". */
export function noValueLabel(column: string): string {
  if (column.startsWith('Tags/')) return `Not tagged with ${column.slice(5)}`;
  return `No ${column.startsWith('Dim/') ? columnLabel(column) : lowered(columnLabel(column))}`;
}
