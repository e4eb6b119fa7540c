/** The names that the ledger gives to accounts, for pages that know only their ids. */
import { useQuery } from '@tanstack/react-query';

import { type AccountNames, accountNamesOf, noAccountNames, noNames, type ValueNames, valueNamesOf } from '../lib/accountNames';
import { ledgerKeys, useWorkspacePath } from '../bridge/queries';
import { useBridge } from '../bridge/useBridge';
import type { AccountNames as KnownNames } from '../lib/wire';

function useNames<Names>(none: Names, select: (known: KnownNames) => Names): Names {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  const names = useQuery({
    queryKey: [...ledgerKeys.all, workspace, 'names'] as const,
    queryFn: () => ledger.AccountNames(),
    enabled: workspace !== '',
    select,
  });
  return names.data ?? none;
}

const billingAccountNames = ({ billingAccounts }: KnownNames) => accountNamesOf(billingAccounts);
const subAccountNames = ({ accounts }: KnownNames) => accountNamesOf(accounts);

/** What billing accounts are called. Until the ledger has answered none has a name. */
export function useBillingAccountNames(): AccountNames {
  return useNames(noAccountNames, billingAccountNames);
}

/** What accounts, subscriptions and projects under a billing account are called. */
export function useSubAccountNames(): AccountNames {
  return useNames(noAccountNames, subAccountNames);
}

/** What the values of any column are called. */
export function useValueNames(): ValueNames {
  return useNames(noNames, valueNamesOf);
}
