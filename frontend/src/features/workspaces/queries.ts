import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';

import { useWorkspacePath, workspaceKeys } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { FocusOptions, WorkspaceInfo, Workspaces } from '../../lib/wire';

type Act<Input> = (workspaces: Workspaces, input: Input) => Promise<WorkspaceInfo | null | void>;

/**
 * A mutation after which another workspace, or none, may be open. The address goes back to the start, for the filters of one client mean
 * nothing in the bill of another.
 */
function useSwitching<Input>(act: Act<Input>, stay = false) {
  const { workspaces } = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (input: Input) => act(workspaces, input),
    onSuccess: async (info) => {
      // A cancelled dialog changes nothing.
      if (info === null) return;
      client.setQueryData(workspaceKeys.current, await workspaces.Current());
      // First, so that nobody who goes on meanwhile is led away from where they are.
      if (!stay) await navigate('/');
      await client.invalidateQueries();
    },
  });
}

export const useCreateWorkspace = () => useSwitching<string>((workspaces, name) => workspaces.Create(name));

export const useOpenWorkspace = () => useSwitching<string>((workspaces, path) => workspaces.Open(path));

export const useChooseWorkspace = () => useSwitching<void>((workspaces) => workspaces.ChooseOpen());

export const useRenameWorkspace = () => useSwitching<{ name: string; version: number }>((workspaces, { name, version }) => workspaces.Rename(name, version), true);

/** In which month fiscal years start, 1 to 12. */
export const useSetFiscalYear = () => useSwitching<{ firstMonth: number; version: number }>((workspaces, { firstMonth, version }) => workspaces.SetFiscalYear(firstMonth, version), true);

/** The name and the fiscal year of the open workspace, with their versions, as they were when a dialog began to ask. */
export function useWorkspaceSettings() {
  const { workspaces } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: ['settings', workspace] as const, queryFn: () => workspaces.Settings(), enabled: workspace !== '', gcTime: 0, staleTime: Infinity });
}

export const useDuplicateWorkspace = () => useSwitching<string>((workspaces, name) => workspaces.Duplicate(name));

export const useCloseWorkspace = () => useSwitching<void>((workspaces) => workspaces.Close());

export const useTrashWorkspace = () => useSwitching<string>((workspaces, path) => workspaces.Trash(path));

export const useForgetWorkspace = () => useSwitching<string>((workspaces, path) => workspaces.Forget(path), true);

/** Starts the job that makes or opens the demo client; the shell notices its end. */
export function useOpenDemo() {
  const { workspaces } = useBridge();
  return useMutation({ mutationFn: () => workspaces.OpenDemo() });
}

/** Writes the whole bill as a FOCUS file where the person chooses. It shows as a job meanwhile. */
export function useExportFocus() {
  const { ledger } = useBridge();
  return useMutation({ mutationFn: (options: FocusOptions) => ledger.ExportFocus(options) });
}
