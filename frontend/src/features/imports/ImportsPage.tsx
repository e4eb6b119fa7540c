import { useLocation, useSearchParams } from 'react-router';

import { ImportsView } from './components/ImportsView';
import { JobView } from './components/JobView';
import { PreviewView } from './components/PreviewView';
import { pathsOf } from './model';

/** Imports: what is in the ledger, what chosen files are, and an import under way. The address says which: `/imports`. */
export function ImportsPage() {
  const [params] = useSearchParams();
  const location = useLocation();
  const paths = pathsOf(location.state);
  const job = params.get('job');

  if (job !== null) return <JobView key={job} id={job} />;
  if (params.has('preview') || paths.length > 0) return <PreviewView key={JSON.stringify(paths)} paths={paths} />;
  return <ImportsView />;
}
