import { useWorkspacePath } from '../../bridge/queries';
import { AssessmentList } from './components/AssessmentList';
import { CompareAssessments } from './components/CompareAssessments';
import { EditAssessment } from './form/EditAssessment';
import { ResultView } from './result/ResultView';
import { useMigrationState } from './useMigrationState';

/** What workloads would cost on the three clouds, and how they would move: `/migration`. */
export function MigrationPage() {
  const workspace = useWorkspacePath();
  const state = useMigrationState();
  if (state.compared.length > 1) return <CompareAssessments key={workspace} state={state} />;
  if (state.opened === '') return <AssessmentList key={workspace} state={state} />;
  if (state.step !== null) return <EditAssessment key={`${workspace} ${state.opened}`} state={state} />;
  return <ResultView key={`${workspace} ${state.opened}`} state={state} />;
}
