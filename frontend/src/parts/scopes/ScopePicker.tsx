import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import CheckIcon from '@mui/icons-material/Check';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';

import type { ScopeInfo } from '../../lib/wire';
import { useReadOnly, useScopes, useWorkspacePath } from '../../bridge/queries';
import { everything, isEverything } from '../../lib/filter';
import type { Filter } from '../../lib/wire';
import { useLedgerView } from '../../ui/view/ledgerView';
import { ManageScopes } from './ManageScopes';
import { rememberScope } from './remembered';
import { ScopeDialog } from './ScopeDialog';

type Opened = { what: 'manage' } | { what: 'edit'; stored: ScopeInfo | null; initial: Filter; from: 'menu' | 'manage' };

/** The scope of the page: all charges, or those of a named filter. */
export function ScopePicker() {
  const view = useLedgerView();
  const workspace = useWorkspacePath();
  const scopes = useScopes();
  const readOnly = useReadOnly();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setAnchor(null);
  const filtered = !isEverything(view.filter);

  const choose = (name: string) => {
    rememberScope(workspace, name);
    view.setScope(name);
    close();
  };
  const open = (next: Opened) => {
    close();
    setOpened(next);
  };
  const item = (name: string, label: string, problem = '') => (
    <MenuItem key={name} selected={view.scope === name} disabled={problem !== ''} title={problem} onClick={() => choose(name)}>
      <CheckIcon sx={{ fontSize: 15, mr: 1, visibility: view.scope === name ? 'visible' : 'hidden' }} />
      {label}
    </MenuItem>
  );

  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`Scope ${view.scope || 'All charges'}`}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ArrowDropDownIcon sx={{ ml: -0.5 }} />}
        sx={{ maxWidth: '100%', textAlign: 'left', overflowWrap: 'anywhere', ...(view.scope !== '' && { borderColor: 'primary.main' }) }}
      >
        {view.scope || 'All charges'}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close} slotProps={{ paper: { sx: { minWidth: 220, maxHeight: 'min(480px, calc(100% - 32px))' } } }}>
        {item('', 'All charges')}
        {(scopes.data ?? []).map(({ name, problem }) => item(name, name, problem))}
        <Divider />
        <MenuItem disabled={readOnly || !filtered} onClick={() => open({ what: 'edit', stored: null, initial: view.filter, from: 'menu' })}>
          Save the filter as a scope…
        </MenuItem>
        <MenuItem onClick={() => open({ what: 'manage' })}>Manage scopes…</MenuItem>
      </Menu>
      {opened?.what === 'manage' && (
        <ManageScopes
          onClose={() => setOpened(null)}
          onNew={() => setOpened({ what: 'edit', stored: null, initial: everything, from: 'manage' })}
          onEdit={(stored) => setOpened({ what: 'edit', stored, initial: stored.where, from: 'manage' })}
          onDeleted={(name) => {
            if (name === view.scope) choose('');
          }}
        />
      )}
      {opened?.what === 'edit' && (
        <ScopeDialog
          stored={opened.stored}
          initial={opened.initial}
          onClose={() => setOpened(opened.from === 'manage' ? { what: 'manage' } : null)}
          onSaved={(name) => {
            setOpened(opened.from === 'manage' ? { what: 'manage' } : null);
            rememberScope(workspace, opened.from === 'menu' || opened.stored?.name === view.scope ? name : view.scope);
            // The scope says all that the filter said.
            if (opened.from === 'menu') view.chooseScope(name, everything);
            else if (opened.stored && opened.stored.name === view.scope) view.setScope(name);
          }}
        />
      )}
    </>
  );
}
