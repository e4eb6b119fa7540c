import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** Where documents are kept, also what files are dropped on. */
const shownParam = 'documents';

/** Whether the drawer of documents is open, and the files that were dropped for it. */
export function useDocumentsState() {
  const { pathname, search, ...location } = useLocation();
  const state: unknown = location.state;
  const navigate = useNavigate();
  const dropped = useMemo(() => {
    const files: unknown = typeof state === 'object' && state !== null && 'documents' in state ? state.documents : [];
    return Array.isArray(files) ? files.filter((path): path is string => typeof path === 'string') : [];
  }, [state]);
  const go = useCallback(
    (open: boolean) => {
      const next = new URLSearchParams(search);
      if (open) next.set(shownParam, '1');
      else next.delete(shownParam);
      void navigate({ pathname, search: next.toString() }, { replace: !open });
    },
    [navigate, pathname, search],
  );
  /** The dropped files were taken: going back must not add them again. */
  const taken = useCallback(() => void navigate({ pathname, search }, { replace: true, state: null }), [navigate, pathname, search]);
  return { shown: new URLSearchParams(search).has(shownParam), dropped, show: go, taken };
}
