/** The Go side as it answered: build/record asks it, and a Go test keeps the answers what the program says today. */
import { AppError, toAppError } from '../bridge/errors';
import { createEmitter } from '../bridge/events';
import type { Bridge } from '../bridge/ports';
import type { ChangeInfo, Failure, JobInfo, Ports, ShownTable, SpendQuestion, TableFormat } from '../lib/wire';
import { noteMissed } from './missed';
import activity from './recorded/activity.json?raw';
import bills from './recorded/bills.json?raw';
import budgets from './recorded/budgets.json?raw';
import charges from './recorded/charges.json?raw';
import commitments from './recorded/commitments.json?raw';
import empty from './recorded/empty.json?raw';
import imports from './recorded/imports.json?raw';
import invoices from './recorded/invoices.json?raw';
import large from './recorded/large.json?raw';
import migration from './recorded/migration.json?raw';
import outlook from './recorded/outlook.json?raw';
import overview from './recorded/overview.json?raw';
import ports from './recorded/ports.json';
import savings from './recorded/savings.json?raw';
import sources from './recorded/sources.json?raw';
import tables from './recorded/tables.json?raw';

/** A few bills of a client on AWS and Azure (in several files, so that each stays small), charges with odd cells, a commitment and usage beside it (twice), a bill beside which lie exports to connect to, four months of usage with an anomaly, a workspace without any, one beside which lie tables that nothing recognises, bills to assess a migration from, and the same bills where a preview reads files to their end and where it does not: backend/desktop/testdata/recorded. */
export type RecordedWorkspace = keyof typeof texts;

type RecordedCall = { call: string; args: unknown[] };
type RecordedAnswer = RecordedCall & {
  /** The calls before it that changed the workspace. */
  after?: RecordedCall[];
  answer?: unknown;
  failure?: Failure;
  /** What it announced to have changed. */
  tells?: ChangeInfo['topic'][];
  /** The jobs that it began or let go on, as they are once they have ended or wait. */
  jobs?: JobInfo[];
};

export type RecordedBridge = Bridge & {
  events: ReturnType<typeof createEmitter>;
  /** What the page asked to save, newest last. */
  saved: { name: string; text: string }[];
  /** The tables that the page asked to save, newest last. */
  exported: { name: string; table: ShownTable | SpendQuestion; format: TableFormat }[];
  /** Keeps what follows a call that begins a job until `follow` is called: the job runs until then. */
  holdJobs: boolean;
  follow: () => void;
};

const texts = { activity, bills, budgets, charges, commitments, empty, imports, invoices, large, migration, outlook, overview, savings, sources, tables };
const known = new Map<RecordedWorkspace, Map<string, RecordedAnswer>>();

/** The same text for the same values, whatever the order of their fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

function answersOf(workspace: RecordedWorkspace): Map<string, RecordedAnswer> {
  const answers = known.get(workspace) ?? new Map((JSON.parse(texts[workspace]) as RecordedAnswer[]).map((one) => [canonical([one.after ?? [], one.call, one.args]), one]));
  known.set(workspace, answers);
  return answers;
}

/**
 * A bridge that answers as the Go side did. A call that changes the workspace leads to the answers recorded after it. To hold
 * a call, to make it fail or to answer something else, put another method in its place.
 */
export function createRecordedBridge(workspace: RecordedWorkspace = 'bills'): RecordedBridge {
  const events = createEmitter();
  const saved: RecordedBridge['saved'] = [];
  const exported: RecordedBridge['exported'] = [];
  const after: RecordedCall[] = [];
  const held: (() => void)[] = [];

  const ask = async (call: string, args: unknown[]): Promise<unknown> => {
    const one = answersOf(workspace).get(canonical([after, call, args]));
    if (!one) {
      await noteMissed(workspace, canonical({ after, call, args }));
      throw new AppError('internal', `No answer is recorded for ${call}${JSON.stringify(args)}: run build/record with this test.`);
    }
    if (one.failure) throw toAppError(one.failure);
    if (one.tells || one.jobs) after.push({ call, args });
    const version = after.length;
    const follow = () => {
      for (const topic of one.tells ?? []) events.emit('changed', { topic, version });
      for (const job of one.jobs ?? []) events.emit('job', structuredClone(job));
    };
    // A job ends after the call that began it has answered.
    if (!one.jobs) follow();
    else if (bridge.holdJobs) held.push(follow);
    else setTimeout(follow);
    return structuredClone(one.answer);
  };
  const port = ([name, methods]: [string, string[]]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    Object.fromEntries(methods.map((method) => [method, (...args: unknown[]) => ask(`${name}.${method}`, args)])),
  ];
  // The names are those of Ports: a Go test writes both.
  const made = Object.fromEntries(Object.entries(ports satisfies Record<keyof Ports, string[]>).map(port)) as Omit<Bridge, 'events'>;

  const save = (table: ShownTable | SpendQuestion, name: string, format: TableFormat) => {
    exported.push({ name, table, format });
    return Promise.resolve(`/home/nora/Documents/${name}.${format}`);
  };
  Object.assign(made.ledger, { ExportBreakdown: save, ExportTable: save, ExportList: save });
  Object.assign(made.app, {
    SaveText: (name: string, text: string) => {
      saved.push({ name, text });
      return Promise.resolve(`/home/nora/Documents/${name}`);
    },
    Print: () => Promise.resolve(window.print()),
    LogError: () => Promise.resolve('K7Q2M9AB'),
    OpenLog: () => Promise.resolve(),
  });
  const bridge: RecordedBridge = { ...made, events, saved, exported, holdJobs: false, follow: () => held.splice(0).forEach((one) => one()) };
  return bridge;
}
