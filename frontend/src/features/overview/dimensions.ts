/** The things the bill can be taken apart by. */
export const dimensionIds = ['service', 'provider', 'category', 'account', 'region', 'charge'] as const;

export type DimensionId = (typeof dimensionIds)[number];

export type Dimension = {
  id: DimensionId;
  /** "Service" in a column head, "service" in "Group by service". */
  label: string;
  plural: string;
  column: string;
  /** The column that holds a readable name for the key, where the key is an id. */
  nameColumn?: string;
  /** The column told beside the name. */
  beside?: { label: string; column: string };
  /** Whether a key has a colour of its own; else the colour of its provider. */
  ownHue: boolean;
};

export function dimensionOf(id: DimensionId, providerColumn: string): Dimension {
  const provider = { label: 'Provider', column: providerColumn };
  switch (id) {
    case 'provider':
      return { id, label: 'Provider', plural: 'providers', column: providerColumn, ownHue: true };
    case 'category':
      return { id, label: 'Service category', plural: 'service categories', column: 'ServiceCategory', ownHue: true };
    case 'service':
      return { id, label: 'Service', plural: 'services', column: 'ServiceName', beside: { label: 'Category', column: 'ServiceCategory' }, ownHue: false };
    case 'account':
      return { id, label: 'Account', plural: 'accounts', column: 'SubAccountId', nameColumn: 'SubAccountName', beside: provider, ownHue: false };
    case 'region':
      return { id, label: 'Region', plural: 'regions', column: 'RegionId', nameColumn: 'RegionName', beside: provider, ownHue: false };
    case 'charge':
      return { id, label: 'Charge category', plural: 'charge categories', column: 'ChargeCategory', ownHue: true };
    default:
      return id satisfies never;
  }
}
