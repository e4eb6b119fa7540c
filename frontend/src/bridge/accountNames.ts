/** The names that the ledger gives to accounts, for pages that know only their ids. */
import { useQuery } from '@tanstack/react-query';

import { type AccountNames, accountNamesOf, noAccountNames } from '../lib/accountNames';
import { ledgerKeys, useWorkspacePath } from './queries';
import { useBridge } from './useBridge';

type Level = 'BillingAccount' | 'SubAccount';

function useNames(level: Level): AccountNames {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  const names = useQuery({
    queryKey: [...ledgerKeys.all, workspace, 'names', level] as const,
    queryFn: () => ledger.Ask({ metrics: ['BilledCost'], groupBy: [`${level}Id`, `${level}Name`], where: [], from: '', to: '', grain: 'month', currency: '', limit: 0, sort: 'keys' }),
    enabled: workspace !== '',
    select: ({ rows }) => accountNamesOf(rows),
  });
  return names.data ?? noAccountNames;
}

/** What billing accounts are called. Until the ledger has answered none has a name. */
export function useBillingAccountNames(): AccountNames {
  return useNames('BillingAccount');
}

/** What accounts, subscriptions and projects under a billing account are called. */
export function useSubAccountNames(): AccountNames {
  return useNames('SubAccount');
}
