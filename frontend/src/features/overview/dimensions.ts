/** The things the bill can be taken apart by. */
export const dimensionIds = ['service', 'provider', 'category', 'account', 'region', 'charge'] as const;

export type DimensionId = (typeof dimensionIds)[number];

export type Dimension = {
  id: DimensionId;
  /** "Service" in a column head, "service" in "Group by service". */
  label: string;
  plural: string;
  column: string;
  /** The column that holds a readable name for the key, where the key is an id; the names of accounts come from all files. */
  nameColumn?: string;
  /** The column told beside the name. */
  beside?: { label: string; column: string };
  /** Whether a key has a colour of its own; else the colour of its provider. */
  ownHue: boolean;
};

/** The column that names the cloud, whatever its own files call it. */
export const providerColumn = 'Provider';

export function dimensionOf(id: DimensionId): Dimension {
  const provider = { label: 'Provider', column: providerColumn };
  switch (id) {
    case 'provider':
      return { id, label: 'Provider', plural: 'providers', column: providerColumn, ownHue: true };
    case 'category':
      return { id, label: 'Service category', plural: 'service categories', column: 'ServiceCategory', ownHue: true };
    case 'service':
      return { id, label: 'Service', plural: 'services', column: 'ServiceName', beside: { label: 'Category', column: 'ServiceCategory' }, ownHue: false };
    case 'account':
      return { id, label: 'Account', plural: 'accounts', column: 'Account', beside: provider, ownHue: false };
    case 'region':
      return { id, label: 'Region', plural: 'regions', column: 'RegionId', nameColumn: 'RegionName', beside: provider, ownHue: false };
    case 'charge':
      return { id, label: 'Charge category', plural: 'charge categories', column: 'ChargeCategory', ownHue: true };
    default:
      return id satisfies never;
  }
}
