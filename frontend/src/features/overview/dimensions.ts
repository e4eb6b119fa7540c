import { columnLabel } from '../../ui/columnLabel';

/** The things the bill can be taken apart by. */
export const usualIds = ['service', 'provider', 'category', 'account', 'region', 'charge'] as const;

export type UsualId = (typeof usualIds)[number];

/** One of the usual things, or any column of the ledger: "Dim/Team", "Tags/env", "SkuId". */
export type DimensionId = UsualId | (string & {});

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

/** What each row gets beside its key: its provider, then what is told beside the name. */
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

function usualOf(id: UsualId): Dimension {
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
