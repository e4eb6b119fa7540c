/** The Go side in memory: the same ports over an invented bill, for tests and for looking at pages in a plain browser. */
import { addMonths } from '../lib/days';
import type { JobInfo, ShownTable, SpendQuestion, TableFormat } from '../lib/wire';
import { AppError } from './errors';
import { createEmitter } from './events';
import { createFakeBills, type FakeStore } from './fake/bills';
import { makeCharges, type FakeCharge } from './fake/charges';
import { createFakeDimensions, createFakeFilters, createFakeScopes, emptyFakeFilters, type FakeFilters } from './fake/filters';
import { createFakeImports, seedFiles, seedTime } from './fake/imports';
import { createFakeJobs } from './fake/jobs';
import { ask, lines, namesOf, stateOf } from './fake/ledger';
import { createFakeMappings } from './fake/mappings';
import { passportOf } from './fake/quality';
import { createFakeReconciliation } from './fake/reconciliation';
import { createFakeWorkspaces } from './fake/workspaces';
import type { Bridge, Events } from './ports';

export type FakeOptions = {
  /** A filled workspace (the default), no workspace as on the first start, or a new empty one. */
  start?: 'open' | 'none' | 'empty';
  /** Pause between two steps of a job. */
  paceMs?: number;
  /** Jobs of this kind tell of their first step and stay there until they are cancelled. */
  held?: JobInfo['kind'];
  /** Jobs of earlier runs of the program, the oldest first. */
  history?: JobInfo[];
  /** Pause before an answer, to look at skeletons. */
  delayMs?: number;
  now?: () => number;
};

export type FakeBridge = Bridge & {
  /** What filters, dimensions and scopes there are. */
  kept: FakeFilters;
  events: Events & ReturnType<typeof createEmitter>;
  /** What the page asked to save, newest last. */
  saved: { name: string; text: string }[];
  /** The tables that the page asked to save, newest last. */
  exported: { name: string; table: ShownTable | SpendQuestion; format: TableFormat }[];
};

let bill: FakeCharge[] | undefined;

export function createFakeBridge({ start = 'open', paceMs = 0, held, history, delayMs = 0, now = Date.now }: FakeOptions = {}): FakeBridge {
  bill ??= makeCharges();
  const whole = bill;
  let charges: FakeCharge[] = start === 'empty' ? [] : whole;
  const importedAt = new Date(now() - 7_200_000).toISOString();
  const events = createEmitter();
  const saved: FakeBridge['saved'] = [];
  const exported: FakeBridge['exported'] = [];
  const kept = emptyFakeFilters();
  const exportTable = (table: ShownTable | SpendQuestion, name: string, format: TableFormat) => {
    exported.push({ name, table, format });
    return Promise.resolve(`/home/nora/Documents/${name}.${format}`);
  };
  const later = async <T>(work: () => T): Promise<T> => {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return work();
  };

  const jobs = createFakeJobs((job) => events.emit('job', job), paceMs, held, now, history);
  const changed = () => {
    for (const topic of ['workspaces', 'ledger', 'jobs'] as const) events.emit('changed', { topic, version: now() });
  };
  const workspaces = createFakeWorkspaces(
    {
      lines: () => charges.length,
      opened: (filled) => {
        charges = filled ? whole : [];
        changed();
      },
      now,
    },
    jobs,
    start,
  );
  const store: FakeStore = {
    charges: () => charges,
    set: (all) => {
      charges = all;
    },
    changed,
    now,
  };
  const bills = createFakeBills(store, seedFiles, (importId) => seedTime(now(), importId));
  const imports = createFakeImports(store, bills, jobs);

  return {
    workspaces,
    imports,
    bills,
    mappings: createFakeMappings(),
    jobs,
    ledger: {
      State: () => later(() => stateOf(charges, importedAt)),
      AccountNames: () => later(() => namesOf(charges)),
      Ask: (question) => later(() => ask(charges, question)),
      Spend: () => Promise.reject(new AppError('unsupported', 'The fake calculates no costs.')),
      Find: () => later(() => []),
      Bases: (from, to) => later(() => [{ base: 'previous', from: addMonths(from, -1), to: addMonths(to, -1) }]),
      Lines: (question) => later(() => lines(charges, question)),
      LinesFacts: () => later(() => []),
      ExportLines: (_question, format) => Promise.resolve(`/home/nora/Documents/charges.${format}`),
      ExportBreakdown: exportTable,
      ExportTable: exportTable,
      ExportFocus: ({ format }) =>
        later(() => ({ path: `/home/nora/Documents/bill.${format === 'focus-csv' ? 'csv' : 'parquet'}`, lines: charges.length, gaps: [{ column: 'ListCost', reason: 'unknown', lines: 12 }] })),
    },
    filters: createFakeFilters(kept),
    dimensions: createFakeDimensions(kept),
    scopes: createFakeScopes(kept),
    reconciliation: createFakeReconciliation(() => charges, later, now),
    quality: { Passport: () => later(() => passportOf(charges, importedAt)) },
    commitments: {
      Report: () => Promise.resolve({ commitments: [], totals: [], uses: [], months: [], pools: [] }),
      Pools: () => Promise.resolve([]),
      Simulate: () => Promise.reject(new AppError('invalid', 'There is no usage at on-demand prices.')),
    },
    savings: {
      Find: () => later(() => ({ asOf: '', findings: [], totals: [], notExamined: [], stale: false })),
      Rules: () => later(() => []),
      SetRule: () => Promise.reject(new Error('The fake has no rules.')),
      SwitchRule: () => Promise.reject(new Error('The fake has no rules.')),
      Explain: () => Promise.reject(new Error('The fake examines nothing.')),
    },
    app: {
      Info: () => Promise.resolve({ version: '0.1.0', offerDemo: true, platform: 'linux' }),
      SaveText: (name, text) => {
        saved.push({ name, text });
        return Promise.resolve(`/home/nora/Documents/${name}`);
      },
      Print: () => Promise.resolve(window.print()),
      LogError: () => Promise.resolve(),
      OpenLog: () => Promise.resolve(),
    },
    events,
    kept,
    saved,
    exported,
  };
}
