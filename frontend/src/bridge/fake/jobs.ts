/** Jobs that advance by themselves, so that progress, cancelling and endings can be looked at. */
import type { EventMap, ImportOutcome, JobInfo, Jobs } from '../../lib/wire';
import { AppError } from '../errors';
import { isLive } from '../jobs';

type Plan = {
  kind: JobInfo['kind'];
  title: string;
  total: number;
  unit: JobInfo['unit'];
  lines: number;
  /** How often it tells where it is; a look at files is short. */
  steps?: number;
  finish(): ImportOutcome | null;
};

export type FakeJobs = Jobs & {
  start(plan: Plan): JobInfo;
  /** The job once it runs no more. */
  ended(id: string): Promise<JobInfo>;
};

export function createFakeJobs(emit: (job: EventMap['job']) => void, paceMs: number, held?: JobInfo['kind'], now: () => number = Date.now, history: JobInfo[] = []): FakeJobs {
  // Without a pause nobody watches the progress: a few steps prove that it is told.
  const usual = paceMs > 0 ? 24 : 3;
  const jobs = new Map<string, JobInfo>(history.map((job) => [job.id, job]));
  const plans = new Map<string, Plan>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const waiting: (() => void)[] = [];

  const update = (job: JobInfo) => {
    jobs.set(job.id, job);
    emit(job);
    if (!isLive(job)) for (const wake of waiting.splice(0)) wake();
  };

  const advance = (id: string, plan: Plan, step: number) => {
    const job = jobs.get(id);
    if (!job || job.state !== 'running') return;
    const steps = plan.steps ?? usual;
    if (step > steps) {
      timers.delete(id);
      const result = plan.finish();
      const outcome = { files: plan.kind === 'import' ? 1 : 0, lines: plan.lines, rejects: result?.rejects ?? 0, importId: result?.imports[0] ?? 0, path: '', note: '', needsAction: false };
      update({ ...job, state: 'done', done: plan.total, lines: plan.lines, secondsLeft: 0, message: '', result, outcome, endedAt: new Date(now()).toISOString() });
      return;
    }
    const lines = Math.floor((plan.lines * step) / steps);
    const seconds = (paceMs * (steps - step)) / 1000;
    update({
      ...job,
      done: Math.floor((plan.total * step) / steps),
      lines,
      linesPerSecond: paceMs > 0 ? Math.round(plan.lines / ((paceMs * steps) / 1000)) : 0,
      secondsLeft: Math.ceil(seconds),
      message: 'Reading charges',
    });
    if (plan.kind !== held) timers.set(id, setTimeout(() => advance(id, plan, step + 1), paceMs));
  };

  return {
    List: () => Promise.resolve([...jobs.values()]),
    Cancel: (id) => {
      const job = jobs.get(id);
      if (!job) return Promise.reject(new AppError('not_found', 'This job has ended and is no longer listed.'));
      clearTimeout(timers.get(id));
      timers.delete(id);
      if (isLive(job)) update({ ...job, state: 'cancelled', again: job.kind === 'import', endedAt: new Date(now()).toISOString(), secondsLeft: null, message: 'Cancelled. Nothing was kept.' });
      return Promise.resolve();
    },
    Pause: (id) => {
      const job = jobs.get(id);
      if (job?.state === 'running') update({ ...job, state: 'paused', secondsLeft: null });
      return Promise.resolve();
    },
    Resume: (id) => {
      const job = jobs.get(id);
      const plan = plans.get(id);
      if (job?.state !== 'paused' || !plan) return Promise.resolve();
      update({ ...job, state: 'running' });
      timers.set(id, setTimeout(() => advance(id, plan, 1), paceMs));
      return Promise.resolve();
    },
    Again: (id) => {
      const job = jobs.get(id);
      if (!job?.again) return Promise.reject(new AppError('conflict', `Job ${id} is done.`));
      const next: JobInfo = { ...job, state: 'running', again: false, attempts: job.attempts + 1, error: null, done: 0, lines: 0, startedAt: new Date(now()).toISOString(), endedAt: '' };
      const plan: Plan = plans.get(id) ?? { kind: job.kind, title: job.title, total: job.total, unit: job.unit, lines: 1000, finish: () => null };
      plans.set(id, plan);
      update(next);
      timers.set(id, setTimeout(() => advance(id, plan, 1), paceMs));
      return Promise.resolve(next);
    },
    ExportAgain: () => Promise.resolve('/home/nora/Documents/charges.csv'),
    Clear: () => {
      for (const [id, job] of jobs) if (!isLive(job)) jobs.delete(id);
      return Promise.resolve();
    },
    ended: async (id) => {
      for (;;) {
        const job = jobs.get(id);
        if (!job) throw new AppError('not_found', 'This job has ended and is no longer listed.');
        if (!isLive(job)) return job;
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    start: (plan) => {
      const job: JobInfo = {
        id: `job-${jobs.size + 1}`,
        kind: plan.kind,
        title: plan.title,
        state: 'running',
        done: 0,
        total: plan.total,
        unit: plan.unit,
        lines: 0,
        linesPerSecond: 0,
        secondsLeft: null,
        message: '',
        error: null,
        result: null,
        outcome: null,
        kept: plan.kind === 'import' || plan.kind === 'export' || plan.kind === 'verify',
        pauses: plan.kind === 'import',
        again: false,
        attempts: 1,
        user: 'nora',
        paths: [],
        startedAt: new Date(now()).toISOString(),
        endedAt: '',
      };
      plans.set(job.id, plan);
      update(job);
      timers.set(job.id, setTimeout(() => advance(job.id, plan, 1), paceMs));
      return job;
    },
  };
}
