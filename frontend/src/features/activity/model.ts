import type { JobInfo } from '../../lib/wire';
import { formatDuration } from '../../lib/days';
import { formatCounted } from '../../lib/money';
import type { PillTone } from '../../ui/Pill';

const stateLabels: Record<JobInfo['state'], string> = {
  running: 'Running',
  paused: 'Paused',
  waiting: 'Waits for your answer',
  interrupted: 'Interrupted',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const tones: Record<JobInfo['state'], PillTone> = { running: 'plain', paused: 'plain', waiting: 'plain', interrupted: 'bad', done: 'good', failed: 'bad', cancelled: 'plain' };

/** What the page says of an interrupted job: what was kept, and what to do. */
const interrupted: Partial<Record<JobInfo['kind'], string>> = {
  import: 'Cloud Intelligence was closed before it had finished. Nothing was imported.',
  export: 'Cloud Intelligence was closed before it had finished. No file was written.',
  sync: 'Cloud Intelligence was closed before it had finished. It continues when the workspace is opened again.',
};

/** "42 files, 1,000,330 lines", or in a sentence why not. */
export function describeResult(job: JobInfo): string {
  if (job.state === 'interrupted') return interrupted[job.kind] ?? 'Cloud Intelligence was closed before it had finished.';
  if (job.error) return job.error.message;
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

/** How long the last attempt took; "" while it runs. */
export function describeDuration(job: JobInfo): string {
  return job.endedAt === '' ? '' : formatDuration((Date.parse(job.endedAt) - Date.parse(job.startedAt)) / 1000);
}

/** What the history says of how a job ended. A job that stopped for a decision of a person is not called done. */
export function describeState(job: JobInfo): { tone: PillTone; label: string } {
  if (job.outcome?.needsAction) return { tone: 'bad', label: 'Needs attention' };
  return { tone: tones[job.state], label: stateLabels[job.state] };
}

/** Whether a person has to look at the files before they can be imported. */
export function wantsPreview(job: JobInfo): boolean {
  return job.kind === 'import' && job.paths.length > 0 && job.outcome?.needsAction === true;
}

export function againLabel(job: JobInfo): string {
  if (job.kind === 'export') return 'Export again';
  return job.kind === 'import' ? 'Import again' : 'Start again';
}
