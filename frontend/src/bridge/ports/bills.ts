/** The bills of the workspace: which files are used for each, its versions, and what a newer export changed. */

export type BillTotal = { currency: string; month: string; metric: string; amount: string };

export type BillName = { provider: string; account: string; month: string };

export type BillVersion = {
  importId: number;
  importedAt: string;
  user: string;
  /** Name of the source that read it: "focus", "aws-cur". */
  export: string;
  /** Part of the bill, "" for the whole: "actual", "amortized". */
  part: string;
  formats: string[];
  files: string[];
  /** Excluded: another export or view of the bill is used. */
  state: 'counted' | 'excluded' | 'replaced' | 'undone';
  /** Import whose newer export took its place, 0 for none. */
  replacedBy: number;
  lines: number;
  firstDay: string;
  lastDay: string;
  totals: BillTotal[];
};

export type BillInfo = {
  bill: BillName;
  /** Of the versions that count. */
  lines: number;
  lastDay: string;
  totals: BillTotal[];
  /** Export that a person chose, "" for none, "*" for all. */
  choice: string;
  /** Newest first. */
  versions: BillVersion[];
};

/** What one export has of a bill. */
export type BillSource = {
  export: string;
  part: string;
  files: string[];
  lines: number;
  lastDay: string;
  totals: BillTotal[];
};

/** A bill that comes from two exports or views and counts once. */
export type SameBill = { bill: BillName; counted: BillSource; excluded: BillSource };

export type LinesChange = {
  lines: number;
  costs: { currency: string; billed: string; effective: string }[];
};

export type GroupChange = {
  /** "" where the lines name none. */
  name: string;
  currency: string;
  billedBefore: string;
  billedNow: string;
  effectiveBefore: string;
  effectiveNow: string;
};

export type BillChange = {
  bill: BillName;
  before: LinesChange;
  now: LinesChange;
  new: LinesChange;
  gone: LinesChange;
  /** Lines now, and the difference of their costs. */
  changed: LinesChange;
  unchangedLines: number;
  /** Of the new: usage of days that the older version had already. */
  late: LinesChange;
  creditsBefore: LinesChange;
  creditsNow: LinesChange;
  /** Those that changed most first. */
  services: GroupChange[];
  subAccounts: GroupChange[];
};

export type Bills = {
  List(): Promise<BillInfo[]>;
  /** What changed between the versions that two imports brought. */
  Changes(bill: BillName, before: number, now: number): Promise<BillChange>;
  /** Says which export is used; "*" lets all of them count. */
  Choose(bill: BillName, exportName: string): Promise<void>;
};
