import Skeleton from '@mui/material/Skeleton';

import { useScopes, useStandings } from '../../../bridge/queries';
import { PageBody } from '../../../ui/PageBody';
import { bothOf, QueryView } from '../../../ui/QueryView';
import { useOpened } from '../../../ui/useOpened';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { newValues, takenValues, valuesOf } from '../form';
import { providerKey } from '../model';
import { useBudgetVersions } from '../queries';
import type { useBudgetsState } from '../useBudgetsState';
import { BudgetForm } from './BudgetForm';

/** Makes a budget, or changes the open one. */
export function BudgetEditing({ state }: { state: ReturnType<typeof useBudgetsState> }) {
  const view = useLedgerView();
  const scopes = useScopes();
  const standings = useStandings();
  const { opened: versions } = useOpened(useBudgetVersions(state.opened));
  const all = bothOf(scopes, standings);
  const others = (standings.data?.standings ?? []).map((one) => one.budget.name).filter((name) => name !== state.opened);
  const names = (scopes.data ?? []).filter(({ problem }) => problem === '').map(({ name }) => name);
  if (state.opened === '') {
    return (
      <QueryView query={all} what="the scopes" skeleton={null}>
        {([, info]) => <BudgetForm initial={takenValues(newValues(view.currency || 'USD', 'EffectiveCost'), info.providers.find((one) => providerKey(one) === state.taken))} version={0} scopes={names} parents={others} onClose={state.close} />}
      </QueryView>
    );
  }
  return (
    <QueryView query={bothOf(all, versions)} what="the budget" errorTitle="The budget could not be read" skeleton={<PageBody><Skeleton variant="rounded" height={420} /></PageBody>}>
      {([, list]) => {
        const newest = list[0];
        return newest ? <BudgetForm initial={valuesOf(newest)} version={newest.version} scopes={names} parents={others} onClose={state.close} /> : null;
      }}
    </QueryView>
  );
}
