import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { askAnew } from '../../bridge/events';
import { jobKeys, workspaceKeys } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { JobInfo } from '../../lib/wire';
import { readsFigures, reconciliationPath } from '../../parts/invoiceFiles';
import { previewAddress } from '../../parts/useImportFiles';
import { useToast } from '../../ui/toast';

/** The page that documents of a client are kept with, and its drawer of them. */
const savingsPath = '/savings';
const documentsAddress = `${savingsPath}?documents=1`;

function withJob(jobs: JobInfo[] | undefined, job: JobInfo): JobInfo[] {
  const others = jobs ?? [];
  return others.some((one) => one.id === job.id) ? others.map((one) => (one.id === job.id ? job : one)) : [...others, job];
}

/** Carries the events of the Go side into the caches of the page. */
export function useBackendEvents(): void {
  const { documents, events } = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const toast = useToast();

  useEffect(() => {
    const toDocuments = (paths: string[]) => navigate(documentsAddress, { state: { documents: paths } });
    // A document of a client is no bill: it goes where documents are kept, and the rest is previewed.
    const openDropped = async (paths: string[]) => {
      const found = await documents.Recognise(paths).catch((): string[] => []);
      if (pathname === savingsPath && found.length > 0) return toDocuments(paths);
      const bills = paths.filter((path) => !found.includes(path));
      if (found.length > 0) toast({ text: `${found.length === 1 ? '1 file is a client document, not a bill' : `${found.length} files are client documents, not bills`}. ${bills.length > 0 ? 'Drop documents on the page Savings.' : 'Documents are kept with Savings.'}` });
      await (bills.length > 0 ? navigate(previewAddress, { state: { paths: bills } }) : toDocuments(found));
    };
    const ends = [
      events.on('job', (job) => {
        client.setQueryData<JobInfo[]>(jobKeys.list, (jobs) => withJob(jobs, job));
        // Their own places show how a preview and a test ended.
        if (job.state === 'failed' && job.kind !== 'preview' && job.kind !== 'test') toast({ text: `${job.title}: ${job.error?.message ?? 'it failed.'}`, tone: 'error', ref: job.error?.ref });
      }),
      events.on('changed', ({ topic }) => {
        void askAnew(client, topic);
      }),
      events.on('files:dropped', (paths) => {
        // Without a workspace the welcome page asks whose files they are.
        if (paths.length === 0 || !client.getQueryData(workspaceKeys.current)) return;
        if (readsFigures(pathname, paths)) void navigate(reconciliationPath, { state: { figures: paths[0] } });
        else if (`${pathname}${search}`.startsWith(documentsAddress)) void toDocuments(paths);
        else void openDropped(paths);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [documents, events, client, navigate, pathname, search, toast]);
}
