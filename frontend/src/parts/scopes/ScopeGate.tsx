import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import { Navigate, useLocation, useSearchParams } from 'react-router';

import type { ScopeInfo } from '../../lib/wire';
import { EmptyState } from '../../ui/EmptyState';
import { rememberedScope, rememberScope } from './remembered';

type ScopeGateProps = { workspace: string; scopes: ScopeInfo[]; children: ReactNode };

/**
 * Begins a workspace with the scope that was chosen last, and shows no figures for a scope that cannot be used: all charges in
 * its place would be taken for those of the scope. Keyed by the workspace.
 */
export function ScopeGate({ workspace, scopes, children }: ScopeGateProps) {
  const [params, setParams] = useSearchParams();
  const location = useLocation();
  const [beginning, setBeginning] = useState(true);
  const state: unknown = location.state;
  const named = params.get('scope') ?? '';
  const find = (name: string) => scopes.find((one) => one.name.toLowerCase() === name.toLowerCase());

  if (beginning) {
    const last = find(rememberedScope(workspace));
    if (named === '' && last && last.problem === '') {
      const next = new URLSearchParams(params);
      next.set('scope', last.name);
      return <Navigate replace to={{ pathname: location.pathname, search: `?${next.toString()}` }} state={state} />;
    }
    setBeginning(false);
  }

  const scope = find(named);
  if (named === '' || scope?.problem === '') return children;
  const showAll = () => {
    rememberScope(workspace, '');
    const next = new URLSearchParams(params);
    next.delete('scope');
    setParams(next);
  };
  return (
    <EmptyState
      title={scope ? `The scope ${scope.name} cannot be used` : `There is no scope named ${named}`}
      text={scope?.problem ?? 'It was renamed or deleted.'}
      action={
        <Button variant="outlined" onClick={showAll}>
          Show all charges
        </Button>
      }
    />
  );
}
