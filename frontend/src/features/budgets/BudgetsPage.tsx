import { useWorkspacePath } from '../../bridge/queries';
import { BudgetEditing } from './components/BudgetEditing';
import { BudgetList } from './components/BudgetList';
import { BudgetView } from './components/BudgetView';
import { useBudgetsState } from './useBudgetsState';

/** What may be spent, and how that stands: `/budgets`. */
export function BudgetsPage() {
  const workspace = useWorkspacePath();
  const state = useBudgetsState();
  if (state.editing) return <BudgetEditing key={`${workspace} ${state.opened}`} state={state} />;
  return state.opened === '' ? <BudgetList key={workspace} state={state} /> : <BudgetView key={`${workspace} ${state.opened}`} state={state} />;
}
