import type { JobInfo } from '../lib/wire';

/** Whether some process has the job. */
export function isLive(job: Pick<JobInfo, 'state'>): boolean {
  return job.state === 'running' || job.state === 'paused' || job.state === 'waiting';
}
