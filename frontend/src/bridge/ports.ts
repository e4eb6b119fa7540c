/**
 * The contract between the window and the Go side. Amounts are exact decimal strings, never numbers; null is "unknown".
 * Days are YYYY-MM-DD, instants are RFC 3339. Two implementations exist: `wails.ts` and the in-memory `fake.ts`.
 */
import type { Filter } from '../lib/filter';
import type { TableFormat, TableOut } from '../lib/table';
import type { Conflict } from './errors';
import type { Events } from './events';
import type { BillChange, BillName, Bills, SameBill } from './ports/bills';
import type { Dimensions } from './ports/dimensions';
import type { Filters } from './ports/filters';
import type { FocusExport, FocusOptions } from './ports/focusExport';
import type { Mappings } from './ports/mappings';
import type { Quality } from './ports/quality';
import type { Reconciliation } from './ports/reconciliation';
import type { Scopes } from './ports/scopes';
import type { BreakdownQuestion } from './ports/tables';

export type { Condition, Filter } from '../lib/filter';

export type WorkspaceInfo = {
  path: string;
  name: string;
  sizeBytes: number;
  lines: number;
  openedAt: string;
  exists: boolean;
  demo: boolean;
  /** Its file or its folder cannot be written. */
  readOnly: boolean;
};

export type Workspaces = {
  Recent(): Promise<WorkspaceInfo[]>;
  Current(): Promise<WorkspaceInfo | null>;
  /** Makes a workspace in the default folder and opens it. */
  Create(name: string): Promise<WorkspaceInfo>;
  Open(path: string): Promise<WorkspaceInfo>;
  /** Asks with the system's dialog; null when the person cancelled. */
  ChooseOpen(): Promise<WorkspaceInfo | null>;
  Rename(name: string): Promise<WorkspaceInfo>;
  /** Copies the open workspace and opens the copy. */
  Duplicate(name: string): Promise<WorkspaceInfo>;
  Close(): Promise<void>;
  /** Moves the file to the system's trash. */
  Trash(path: string): Promise<void>;
  /** Takes it off the recent list and leaves the file alone. */
  Forget(path: string): Promise<void>;
  /** Makes or opens the demo client. */
  OpenDemo(): Promise<JobInfo>;
};

export type PlannedFile = {
  path: string;
  format: string;
  version: string;
  confidence: number;
  reason: string;
  dialect: string;
  sizeBytes: number;
  columns: { name: string; raw: string; focus: boolean }[];
  sampleLines: number;
  estimatedLines: number;
  providers: string[];
  billingPeriods: string[];
  currencies: string[];
  firstRows: (string | null)[][];
  warnings: string[];
  status: 'new' | 'known';
};

export type ImportPlan = {
  id: string;
  files: PlannedFile[];
  skipped: { path: string; reason: string }[];
  warnings: string[];
};

/** What is done with a file that overlaps: it is used in place of what the workspace has, counts beside it, or is left out. */
export type FileAnswer = { file: string; answer: 'replace' | 'add' | 'leave' };

export type ImportOptions = {
  strict: boolean;
  /** What to do with files that overlap; of others it is asked. */
  answers: FileAnswer[];
  /** Stop before a bill is replaced and show what would change. */
  look: boolean;
};

export type ImportInfo = {
  id: number;
  state: 'active' | 'superseded' | 'partly_superseded' | 'excluded' | 'undone';
  startedAt: string;
  finishedAt: string;
  durationMs: number;
  user: string;
  lines: number;
  rejects: number;
  format: string;
  version: string;
  providers: string[];
  periods: string[];
  files: { path: string; sha256: string; bytes: number; lines: number; rejects: number; warnings: string[] }[];
  totals: { currency: string; month: string; metric: string; amount: string }[];
  replaces: number[];
};

export type RejectsPage = {
  total: number;
  rows: { file: string; line: number; reason: string; text: string }[];
};

export type VerifyReport = {
  ok: boolean;
  checks: { name: string; ok: boolean; detail: string }[];
  durationMs: number;
};

export type Imports = {
  ChooseFiles(): Promise<string[]>;
  ChooseFolder(): Promise<string[]>;
  /** Begins to look at files and folders, as a job that can be cancelled. */
  Preview(paths: string[]): Promise<JobInfo>;
  /** What a preview found, once its job has ended. */
  Previewed(jobId: string): Promise<ImportPlan>;
  Start(planId: string, options: ImportOptions): Promise<JobInfo>;
  List(): Promise<ImportInfo[]>;
  Rejects(importId: number, offset: number, limit: number): Promise<RejectsPage>;
  Undo(importId: number): Promise<void>;
  Verify(): Promise<VerifyReport>;
};

/** A file of which a bill does not count: the workspace has a later state, or another file of the import lists the same charges. */
export type NotCounted = {
  bill: BillName;
  file: string;
  lines: number;
  existingFile: string;
  /** The existing file is in this import too. */
  within: boolean;
};

export type ImportOutcome = {
  imports: number[];
  lines: number;
  rejects: number;
  known: string[];
  replaced: { provider: string; account: string; month: string; linesBefore: number; linesNow: number }[];
  /** Files whose charges are added to a bill that the workspace has. */
  added: { bill: BillName; file: string }[];
  notCounted: NotCounted[];
  /** Bills that come from another export or view too, and count once. */
  same: SameBill[];
  /** What the newer export changes in the bills that it replaces. */
  changes: BillChange[];
  /** Nothing was imported, since it replaces a bill and was to be looked at first. */
  held: boolean;
  /** What was odd in the files that were read. */
  warnings: { file: string; text: string }[];
  /** When there is one, nothing was imported: start again with an answer for each file. */
  conflicts: {
    provider: string;
    account: string;
    month: string;
    file: string;
    existingFile: string;
    /** The existing file is in this import too. */
    within: boolean;
    reason: string;
    /** The answers that can be right; no other is offered. */
    answers: FileAnswer['answer'][];
  }[];
};

export type JobInfo = {
  id: string;
  kind: 'import' | 'preview' | 'demo' | 'export' | 'verify' | 'passport';
  title: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number;
  unit: 'bytes' | 'lines' | 'files';
  lines: number;
  linesPerSecond: number;
  secondsLeft: number | null;
  message: string;
  error: { code: string; message: string; ref: string; conflict: Conflict | null } | null;
  result: ImportOutcome | null;
};

export type Jobs = {
  List(): Promise<JobInfo[]>;
  Cancel(id: string): Promise<void>;
};

export type Question = {
  metrics: string[];
  groupBy: string[];
  where: Filter;
  /** Both days are part of the period; "" leaves it open. */
  from: string;
  to: string;
  grain: '' | 'day' | 'month';
  currency: string;
  limit: number;
  sort: '' | 'keys';
};

export type AnswerRow = {
  keys: (string | null)[];
  time: string;
  currency: string;
  lines: number;
  amounts: (string | null)[];
};

export type Answer = {
  rows: AnswerRow[];
  /** One a currency, over all rows, also those beyond the limit. */
  totals: AnswerRow[];
  groups: number;
};

export type LedgerState = {
  lines: number;
  firstDay: string;
  lastDay: string;
  /** Largest first; code "" when the file names none. */
  currencies: { code: string; lines: number }[];
  metrics: { name: string; known: boolean }[];
  providers: {
    name: string;
    firstDay: string;
    lastDay: string;
    importedAt: string;
    missingDays: string[];
    lines: number;
  }[];
  months: { month: string; complete: boolean; missingDays: number; lastDay: string }[];
  columns: { name: string; focus: boolean; kind: 'text' | 'decimal' | 'time' | 'json' }[];
  /** The built-in dimensions that have values: Provider, Account, BillingAccount. */
  dimensions: string[];
  tagKeys: { key: string; lines: number }[];
};

export type LinesQuestion = {
  where: Filter;
  from: string;
  to: string;
  currency: string;
  columns: string[];
  sortBy: string;
  sortDesc: boolean;
  search: string;
  offset: number;
  limit: number;
};

export type LinesPage = {
  total: number;
  /** Amounts in the order billed, effective, list, contracted. */
  totals: AnswerRow[];
  columns: string[];
  rows: (string | null)[][];
};

export type AccountName = { id: string; name: string };

/** What the files call accounts and billing accounts. */
export type AccountNames = { accounts: AccountName[]; billingAccounts: AccountName[] };

export type Ledger = {
  State(): Promise<LedgerState>;
  AccountNames(): Promise<AccountNames>;
  Ask(question: Question): Promise<Answer>;
  Lines(question: LinesQuestion): Promise<LinesPage>;
  /** Asks where to save all lines of the question; "" when the person cancelled. */
  ExportLines(question: LinesQuestion, format: TableFormat): Promise<string>;
  /** Asks where to save a breakdown with all its rows; "" when the person cancelled. */
  ExportBreakdown(question: BreakdownQuestion, name: string, format: TableFormat): Promise<string>;
  /** Asks where to save a table of the page; "" when the person cancelled. */
  ExportTable(table: TableOut, name: string, format: TableFormat): Promise<string>;
  /** Asks where to save all charges as a FOCUS file. */
  ExportFocus(options: FocusOptions): Promise<FocusExport>;
};

export type App = {
  Info(): Promise<{ version: string; offerDemo: boolean; platform: string }>;
  /** Asks where to save; "" when the person cancelled. */
  SaveText(suggestedName: string, text: string): Promise<string>;
  /** Opens the print dialog of the system for what the page shows to a printer. */
  Print(): Promise<void>;
  LogError(message: string, detail: string): Promise<void>;
};

export type Bridge = {
  workspaces: Workspaces;
  imports: Imports;
  mappings: Mappings;
  bills: Bills;
  jobs: Jobs;
  ledger: Ledger;
  filters: Filters;
  dimensions: Dimensions;
  scopes: Scopes;
  quality: Quality;
  reconciliation: Reconciliation;
  app: App;
  events: Events;
};
