/** What is held of each bill: which file speaks for it, its versions, and what a newer export changed. */

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
  state: 'speaks' | 'standsby' | 'replaced' | 'undone';
  /** Import whose newer export took its place, 0 for none. */
  replacedBy: number;
  lines: number;
  firstDay: string;
  lastDay: string;
  totals: BillTotal[];
};

export type BillInfo = {
  bill: BillName;
  /** Of the versions that speak. */
  lines: number;
  lastDay: string;
  totals: BillTotal[];
  /** Export that a person chose to speak, "" for none, "*" for all. */
  choice: string;
  /** Newest first. */
  versions: BillVersion[];
};

export type BillVoice = {
  export: string;
  part: string;
  files: string[];
  lines: number;
  lastDay: string;
  totals: BillTotal[];
};

export type SameBill = { bill: BillName; speaks: BillVoice; standsBy: BillVoice };

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
  /** Lets one export speak; "*" lets all of them count. */
  Choose(bill: BillName, exportName: string): Promise<void>;
};
