import { useMutation, useQueryClient } from '@tanstack/react-query';

import { jobKeys } from '../../bridge/queries';
import type { Jobs } from '../../lib/wire';
import { useBridge } from '../../bridge/useBridge';
import { useSaving } from '../useSaving';
import { errorToast, useToast } from '../../ui/toast';

/** Does something with the jobs, and says why where it cannot be done. */
function useJobAction<Argument>(act: (jobs: Jobs, argument: Argument) => Promise<unknown>) {
  const { jobs } = useBridge();
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (argument: Argument) => act(jobs, argument),
    onSuccess: () => client.invalidateQueries({ queryKey: jobKeys.list }),
    onError: (error) => toast(errorToast(error)),
  });
}

export const useCancelJob = () => useJobAction((jobs, id: string) => jobs.Cancel(id));
export const usePauseJob = () => useJobAction((jobs, id: string) => jobs.Pause(id));
export const useResumeJob = () => useJobAction((jobs, id: string) => jobs.Resume(id));
export const useRunAgain = () => useJobAction((jobs, id: string) => jobs.Again(id));

/** Gives a test or sync that waits for it what its sign-in asks for. */
export function useAnswerSignIn() {
  const { connections } = useBridge();
  return useJobAction((_, { id, answer }: { id: string; answer: string }) => connections.Answer(id, answer));
}

/** Writes an export once more, where the person chooses. */
export function useExportAgain() {
  const { jobs } = useBridge();
  return useSaving((id: string) => jobs.ExportAgain(id));
}

export const useClearHistory = () => useJobAction<void>((jobs) => jobs.Clear());
