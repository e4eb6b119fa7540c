import type { JobInfo } from '../../lib/wire';
import { isLive } from '../../bridge/jobs';
import { formatDuration } from '../../lib/days';
import { formatBytes, formatCount, formatCounted } from '../../lib/money';

/** The jobs that run now, of this or of another process. A preview has its own page, which cannot be left without ending it. */
export function runningOf(jobs: JobInfo[]): JobInfo[] {
  return jobs.filter((job) => isLive(job) && job.kind !== 'preview');
}

/** What the button of the running jobs says. While a job waits for a person nothing moves unless others run: the mark stands still. */
export function markOf(running: JobInfo[]): { label: string; moving: boolean; done: number } {
  const waiting = running.filter((job) => job.state === 'waiting').length;
  const others = running.filter((job) => job.state !== 'waiting');
  const done = others.reduce((sum, job) => sum + (job.total > 0 ? job.done / job.total : 0), 0) / Math.max(1, others.length);
  const moves = others.length > 0 ? formatCounted(others.length, 'job') : '';
  const waits = waiting === 0 ? '' : moves === '' ? `${formatCounted(waiting, 'job waits', 'jobs wait')} for you` : `${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`;
  const label = [moves, waits].filter((part) => part !== '').join(', ');
  return { label, moving: done === 0 && others.some((job) => job.state === 'running'), done };
}

/** How far a job is: "12 MB of 40 MB · 30,000 lines · 2 min left". */
export function describeProgress(job: JobInfo): string {
  if (job.state === 'waiting') return job.prompt ? 'Waits for you to sign in' : 'Waits for your answer';
  const of = job.total > 0 ? ` of ${formatBytes(job.total)}` : ''; // a sync may not know how much there is
  if (job.total === 0 && (job.unit !== 'bytes' || job.done === 0)) return job.message;
  const parts = [job.unit === 'bytes' ? `${formatBytes(job.done)}${of}` : `${formatCount(job.done)} of ${formatCounted(job.total, 'line')}`];
  if (job.unit === 'bytes' && job.lines > 0) parts.push(formatCounted(job.lines, 'line'));
  if (job.secondsLeft !== null && job.secondsLeft > 0) parts.push(`${formatDuration(job.secondsLeft)} left`);
  if (job.message !== '') parts.push(job.message);
  return parts.join(' · ');
}
