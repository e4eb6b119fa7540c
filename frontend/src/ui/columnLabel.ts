/** Plain words for the columns of the ledger. */
const labels: Record<string, string> = {
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
};

/** "Service" for ServiceName, "Tag team" for Tags/team; other columns keep the name the spec gives them. */
export function columnLabel(column: string): string {
  const label = labels[column];
  if (label !== undefined) return label;
  return column.startsWith('Tags/') ? `Tag ${column.slice(5)}` : column;
}

/** How a key without value reads: "No region". */
export function noValueLabel(column: string): string {
  return `No ${columnLabel(column).toLowerCase()}`;
}
