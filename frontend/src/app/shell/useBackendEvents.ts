import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { belongsTo } from '../../bridge/events';
import { jobKeys, workspaceKeys } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { JobInfo } from '../../lib/wire';
import { readsFigures, reconciliationPath } from '../../parts/invoiceFiles';
import { previewAddress } from '../../parts/useImportFiles';
import { useToast } from '../../ui/toast';

function withJob(jobs: JobInfo[] | undefined, job: JobInfo): JobInfo[] {
  const others = jobs ?? [];
  return others.some((one) => one.id === job.id) ? others.map((one) => (one.id === job.id ? job : one)) : [...others, job];
}

/** Carries the events of the Go side into the caches of the page. */
export function useBackendEvents(): void {
  const { events } = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const toast = useToast();

  useEffect(() => {
    const ends = [
      events.on('job', (job) => {
        client.setQueryData<JobInfo[]>(jobKeys.list, (jobs) => withJob(jobs, job));
        // Its own page shows how a preview ended.
        if (job.state === 'failed' && job.kind !== 'preview') toast({ text: `${job.title}: ${job.error?.message ?? 'it failed.'}`, tone: 'error', ref: job.error?.ref });
      }),
      events.on('changed', ({ topic }) => {
        void client.invalidateQueries({ predicate: ({ queryKey }) => belongsTo(topic, queryKey) });
      }),
      events.on('files:dropped', (paths) => {
        // Without a workspace the welcome page asks whose files they are.
        if (paths.length === 0 || !client.getQueryData(workspaceKeys.current)) return;
        void (readsFigures(pathname, paths) ? navigate(reconciliationPath, { state: { figures: paths[0] } }) : navigate(previewAddress, { state: { paths } }));
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [events, client, navigate, pathname, toast]);
}
