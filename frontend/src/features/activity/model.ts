import type { JobInfo } from '../../lib/wire';
import { formatDuration } from '../../lib/days';
import { formatBytes, formatCount, formatCounted } from '../../lib/money';

export const stateLabels: Record<JobInfo['state'], string> = {
  running: 'Running',
  paused: 'Paused',
  interrupted: 'Interrupted',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** What the page says of an interrupted job: what was kept, and what to do. */
const interrupted: Partial<Record<JobInfo['kind'], string>> = {
  import: 'Cloud Intelligence was closed before it had finished. Nothing was imported.',
  export: 'Cloud Intelligence was closed before it had finished. No file was written.',
};

/** "42 files, 1,000,330 lines", or in a sentence why not. */
export function tellResult(job: JobInfo): string {
  if (job.state === 'interrupted') return interrupted[job.kind] ?? 'Cloud Intelligence was closed before it had finished.';
  if (job.error) return job.error.ref === '' ? job.error.message : `${job.error.message} (ref ${job.error.ref})`;
  const { outcome } = job;
  if (!outcome) return job.message;
  if (outcome.note !== '') return outcome.note;
  const parts: string[] = [];
  if (outcome.files > 0) parts.push(formatCounted(outcome.files, 'file'));
  if (outcome.lines > 0) parts.push(formatCounted(outcome.lines, 'line'));
  if (outcome.rejects > 0) parts.push(`${formatCounted(outcome.rejects, 'line')} skipped`);
  if (outcome.path !== '') parts.push(outcome.path);
  return parts.join(', ');
}

/** How far a job is: "12 MB of 40 MB · 30,000 lines · 2 min left". */
export function tellProgress(job: JobInfo): string {
  if (job.total === 0) return job.message;
  const parts = [job.unit === 'bytes' ? `${formatBytes(job.done)} of ${formatBytes(job.total)}` : `${formatCount(job.done)} of ${formatCounted(job.total, 'line')}`];
  if (job.unit === 'bytes' && job.lines > 0) parts.push(formatCounted(job.lines, 'line'));
  if (job.secondsLeft !== null && job.secondsLeft > 0) parts.push(`${formatDuration(job.secondsLeft)} left`);
  if (job.message !== '') parts.push(job.message);
  return parts.join(' · ');
}

/** How long the last attempt took; "" while it runs. */
export function tellDuration(job: JobInfo): string {
  return job.endedAt === '' ? '' : formatDuration((Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000);
}

/** Whether a person has to look at the files before they can be imported. */
export function wantsPreview(job: JobInfo): boolean {
  return job.kind === 'import' && job.state === 'done' && job.paths.length > 0 && job.outcome?.importId === 0;
}

export function againLabel(job: JobInfo): string {
  return job.kind === 'import' ? 'Import again' : 'Start again';
}
