import { columnLabel, lowered } from '../../ui/columnLabel';

/** The things that cost is grouped by most often. */
export const usualIds = ['service', 'provider', 'category', 'account', 'billing', 'region', 'charge', 'sku', 'resource'] as const;

export type UsualId = (typeof usualIds)[number];

/** One of the usual things, or any column of the ledger: "Dim/Team", "Tags/env", "PricingUnit". */
export type DimensionId = UsualId | (string & {});

export type Dimension = {
  id: DimensionId;
  /** "Service" in a column head, "service" in "Group by service". */
  label: string;
  plural: string;
  column: string;
  /** The column that holds a readable name for the key, where the key is an id; the names of accounts come from all files. */
  nameColumn?: string;
  /** The column shown beside the name. */
  beside?: { label: string; column: string };
  /** Whether a key has a colour of its own; else the colour of its provider. */
  ownHue: boolean;
};

/** The column that names the cloud, whatever its own files call it. */
export const providerColumn = 'Provider';

/** What each row gets beside its key: its provider, then what is shown beside the name. */
export function besideColumns({ beside }: Dimension): string[] {
  return [providerColumn, beside?.column ?? providerColumn];
}

export function dimensionOf(id: DimensionId): Dimension {
  const usual = usualIds.find((one) => one === id);
  if (usual !== undefined) return usualOf(usual);
  const label = columnLabel(id);
  return { id, label, plural: `values of ${label}`, column: id, ownHue: true };
}

/** The id of a column: that of the usual thing that it is, or its name. */
export function idOfColumn(column: string): DimensionId {
  return usualIds.find((id) => usualOf(id).column === column) ?? column;
}

/** The label inside a sentence: "service", but "SKU", and a tag or a dimension as the person wrote it. */
export function labelInText({ label, column }: Dimension): string {
  if (column.startsWith('Tags/')) return `tag ${column.slice(5)}`;
  return column.startsWith('Dim/') ? label : lowered(label);
}

const provider = { label: 'Provider', column: providerColumn };
const service = { label: 'Service', column: 'ServiceName' };

function usualOf(id: UsualId): Dimension {
  switch (id) {
    case 'provider':
      return { id, label: 'Provider', plural: 'providers', column: providerColumn, ownHue: true };
    case 'category':
      return { id, label: 'Service category', plural: 'service categories', column: 'ServiceCategory', ownHue: true };
    case 'service':
      return { id, label: 'Service', plural: 'services', column: 'ServiceName', beside: { label: 'Category', column: 'ServiceCategory' }, ownHue: false };
    case 'account':
      return { id, label: 'Account', plural: 'accounts', column: 'Account', beside: provider, ownHue: false };
    case 'billing':
      return { id, label: 'Billing account', plural: 'billing accounts', column: 'BillingAccount', beside: provider, ownHue: false };
    case 'region':
      return { id, label: 'Region', plural: 'regions', column: 'RegionId', nameColumn: 'RegionName', beside: provider, ownHue: false };
    case 'charge':
      return { id, label: 'Charge category', plural: 'charge categories', column: 'ChargeCategory', ownHue: true };
    case 'sku':
      return { id, label: 'SKU', plural: 'SKUs', column: 'SkuId', beside: service, ownHue: false };
    case 'resource':
      return { id, label: 'Resource', plural: 'resources', column: 'ResourceId', nameColumn: 'ResourceName', beside: service, ownHue: false };
    default:
      return id satisfies never;
  }
}
