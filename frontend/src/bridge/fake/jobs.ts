/** Jobs that advance by themselves, so that progress, cancelling and endings can be looked at. */
import type { EventMap, ImportOutcome, JobInfo, Jobs } from '../../lib/wire';
import { AppError } from '../errors';

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

export function createFakeJobs(emit: (job: EventMap['job']) => void, paceMs: number, held?: JobInfo['kind']): FakeJobs {
  // Without a pause nobody watches the progress: a few steps prove that it is told.
  const usual = paceMs > 0 ? 24 : 3;
  const jobs = new Map<string, JobInfo>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const waiting: (() => void)[] = [];

  const update = (job: JobInfo) => {
    jobs.set(job.id, job);
    emit(job);
    if (job.state !== 'running') for (const wake of waiting.splice(0)) wake();
  };

  const advance = (id: string, plan: Plan, step: number) => {
    const job = jobs.get(id);
    if (!job || job.state !== 'running') return;
    const steps = plan.steps ?? usual;
    if (step > steps) {
      timers.delete(id);
      update({ ...job, state: 'done', done: plan.total, lines: plan.lines, secondsLeft: 0, message: '', result: plan.finish() });
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
      if (job.state === 'running') update({ ...job, state: 'cancelled', secondsLeft: null, message: 'Cancelled. Nothing was kept.' });
      return Promise.resolve();
    },
    ended: async (id) => {
      for (;;) {
        const job = jobs.get(id);
        if (!job) throw new AppError('not_found', 'This job has ended and is no longer listed.');
        if (job.state !== 'running') return job;
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
      };
      update(job);
      timers.set(job.id, setTimeout(() => advance(job.id, plan, 1), paceMs));
      return job;
    },
  };
}
