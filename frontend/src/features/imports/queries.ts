import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { jobKeys, useJobs, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { FileAnswer, ImportOptions, ImportPlan, JobInfo, RejectsPage } from '../../lib/wire';
import { useRemoteRows } from '../../ui/DataTable/useRemoteRows';
import { errorToast, useToast } from '../../ui/toast';
import { type Undoing, waitingJobs } from './model';

const importKeys = {
  all: (workspace: string) => ['imports', workspace] as const,
  list: (workspace: string) => [...importKeys.all(workspace), 'list'] as const,
  preview: (workspace: string, paths: string[]) => [...importKeys.all(workspace), 'preview', paths] as const,
  outlook: (workspace: string, planId: string, answers: FileAnswer[]) => [...importKeys.all(workspace), 'outlook', planId, answers] as const,
  rejects: (workspace: string, importId: number) => [...importKeys.all(workspace), 'rejects', importId] as const,
};

/** Every import of the workspace, newest first as the Go side lists them. */
export function useImportList() {
  const { imports } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: importKeys.list(workspace), queryFn: () => imports.List(), enabled: workspace !== '' });
}

/** Lists a job that was just started. An event may have brought more of it by now; what is known of it is newer than this answer. */
function keepJob(client: QueryClient, job: JobInfo): void {
  client.setQueryData<JobInfo[]>(jobKeys.list, (jobs = []) => (jobs.some((one) => one.id === job.id) ? jobs : [...jobs, job]));
}

/**
 * What the files are, read anew on every visit: they may have changed on the disk. `jobId` is the preview that is under way;
 * `examine` has the files of a plan read to their end.
 */
export function usePreview(paths: string[]) {
  const { imports, jobs } = useBridge();
  const workspace = useWorkspacePath();
  const client = useQueryClient();
  const [jobId, setJobId] = useState('');
  const [planId, setPlanId] = useState('');
  const query = useQuery({
    queryKey: [...importKeys.preview(workspace, paths), planId],
    queryFn: async ({ signal }) => {
      const job = planId === '' ? await imports.Preview(paths) : await imports.Examine(planId);
      // The page was left, or reads the files anew: nobody waits for this preview any more. That it may have ended by then is as well.
      const stop = () => void jobs.Cancel(job.id).catch(() => undefined);
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
      keepJob(client, job);
      setJobId(job.id);
      return imports.Previewed(job.id);
    },
    enabled: workspace !== '' && paths.length > 0,
    gcTime: 0,
    retry: false,
  });
  return { ...query, jobId, examine: setPlanId };
}

/** What an import of a plan would do with these answers; the last answer stays while the next one comes. */
export function useOutlook({ id, examined }: ImportPlan, answers: FileAnswer[]) {
  const { imports } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: importKeys.outlook(workspace, id, answers),
    queryFn: () => imports.Outlook(id, answers),
    enabled: workspace !== '' && examined,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** The address that shows a started import. */
export function jobAddress(id: string): string {
  return `/imports?job=${encodeURIComponent(id)}`;
}

/** Imports that wait for the person's decision. */
export function useWaitingJobs(): JobInfo[] {
  return waitingJobs(useJobs().data ?? []);
}

/** An import that another one cannot begin beside: it runs, or waits for the person's decision. */
export function useImportUnderWay(): JobInfo | undefined {
  return useJobs().data?.find(({ kind, state }) => kind === 'import' && (state === 'running' || state === 'paused' || state === 'waiting'));
}

/** Starts a plan and goes to its progress. */
export function useStartImport(paths: string[]) {
  const { imports } = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ planId, options }: { planId: string; options: ImportOptions }) => imports.Start(planId, options),
    onSuccess: async (job) => {
      keepJob(client, job);
      await navigate(jobAddress(job.id), { replace: true, state: { paths } });
    },
  });
}

/** Answers an import that waits; without answers, that it may replace the bills it shows. */
export function useAnswerImport(jobId: string) {
  const { imports } = useBridge();
  return useMutation({ mutationFn: (answers: FileAnswer[]) => imports.Answer(jobId, answers) });
}

/** One job, kept fresh by events. */
export function useJob(id: string) {
  const jobs = useJobs();
  return { ...jobs, data: jobs.data?.find((job) => job.id === id) ?? null };
}

/** Asks a job to stop. */
export function useCancelJob() {
  const { jobs } = useBridge();
  const toast = useToast();
  return useMutation({ mutationFn: (id: string) => jobs.Cancel(id), onError: (error) => toast(errorToast(error)) });
}

/** Takes an import, or one file of it, out of the totals. */
export function useUndo() {
  const { imports } = useBridge();
  const client = useQueryClient();
  const workspace = useWorkspacePath();
  return useMutation({
    mutationFn: ({ info, file }: Undoing) => (file ? imports.UndoFile(file.id) : imports.Undo(info.importId)),
    onSuccess: () => client.invalidateQueries({ queryKey: importKeys.all(workspace) }),
  });
}

/** Checks the totals against the control totals of its imports. */
export function useVerify() {
  const { imports } = useBridge();
  return useMutation({ mutationFn: () => imports.Verify() });
}

export type Reject = RejectsPage['rows'][number];

/** The lines that an import skipped. */
export function useRejects(importId: number) {
  const { imports } = useBridge();
  const workspace = useWorkspacePath();
  return useRemoteRows<RejectsPage, Reject>({
    queryKey: importKeys.rejects(workspace, importId),
    loadPage: (offset, limit) => imports.Rejects(importId, offset, limit),
  });
}

/** Asks for files or a folder with the system's dialog and opens the preview. */
export function useChoosePaths() {
  const { imports } = useBridge();
  const navigate = useNavigate();
  const toast = useToast();
  return useMutation({
    mutationFn: (kind: 'files' | 'folder') => (kind === 'files' ? imports.ChooseFiles() : imports.ChooseFolder()),
    onSuccess: async (paths) => {
      if (paths.length > 0) await navigate('/imports?preview', { state: { paths } });
    },
    onError: (error) => toast(errorToast(error)),
  });
}
