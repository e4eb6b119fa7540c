import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';

import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { useLedgerView } from '../../ui/view/ledgerView';
import { type Command, foundCommand } from './commands';

/** So many characters are searched for; one alone is in nearly everything. */
const TYPED_LEAST = 2;

/** The services, accounts, invoices and resources that have the typed text in them. A newer text cancels the search for the one before. */
export function useFound(typed: string): { found: Command[]; searching: boolean } {
  const { ledger } = useBridge();
  const workspace = useWorkspacePath();
  const view = useLedgerView();
  const navigate = useNavigate();
  const text = typed.trim();
  const enabled = text.length >= TYPED_LEAST && view.facts.lastDay !== '';
  const search = useQuery({ queryKey: [...ledgerKeys.all, workspace, 'find', text] as const, queryFn: () => ledger.Find(text), enabled, placeholderData: keepPreviousData });
  const found = enabled ? (search.data ?? []) : [];
  return { found: found.map((one) => foundCommand(one, view.currency, (to) => void navigate(to))), searching: enabled && search.isFetching };
}
