/** How far the data can be relied on: by data set, and for the workspace as a whole. docs/data-quality.md explains every measure. */
import type { Condition } from '../../lib/filter';

export type Severity = 'problem' | 'gap' | 'info' | 'good';

export type DataFinding = {
  code: string;
  severity: Severity;
  /** The measure in plain digits. */
  value: string;
  unit: string;
  sentence: string;
  /** What it means for later analyses; "" where nothing is wanting. */
  meaning: string;
  /** What to do at the source; "" where there is nothing to do. */
  action: string;
  /** The charges behind it; empty where no condition tells them. */
  where: Condition[];
  /** "" for all days. */
  from: string;
  to: string;
};

export type DataReadiness = { analysis: string; level: 'ready' | 'limited' | 'not_possible'; reasons: string[] };

export type DataShare = {
  code: string;
  column: string;
  /** The share that is judged, a decimal from 0 to 1. */
  value: string;
  /** What it is a share of: "of the cost of usage". */
  base: string;
  severity: Severity | '';
  lines: number;
  ofLines: number;
  usageLines: number;
  ofUsageLines: number;
  currency: string;
  /** Absolute costs: credits count without their sign. */
  cost: string;
  ofCost: string;
  usageCost: string;
  ofUsageCost: string;
};

export type DataDay = { state: 'held' | 'missing' | 'late' | 'outside'; lines: number; late: number };

export type DataMonth = { month: string; complete: boolean; running: boolean; billed: boolean; days: DataDay[] };

export type DataCoverage = {
  firstDay: string;
  lastDay: string;
  days: number;
  missingDays: number;
  missingMonths: string[];
  completeMonths: number;
  behindDays: number;
  lateLines: number;
  judgedByDay: boolean;
  months: DataMonth[];
};

export type DataUnmapped = {
  serviceName: string | null;
  serviceCategory: string | null;
  skuId: string | null;
  lines: number;
  currency: string;
  cost: string;
  reasons: string[];
};

export type DataSum = { name: string; currency: string; amount: string };

export type DataDuplicate = {
  line: number;
  firstLine: number;
  day: string;
  serviceName: string | null;
  resourceId: string | null;
  currency: string;
  billed: string | null;
  file: string;
  firstFile: string;
};

export type DataDuplicates = { lines: number; acrossFiles: number; amounts: DataSum[]; examples: DataDuplicate[] };

export type DataSet = {
  /** "" for the workspace as a whole. */
  id: string;
  provider: string;
  account: string;
  accountName: string;
  export: string;
  lines: number;
  importedAt: string;
  importAgeDays: number;
  files: number;
  formats: { format: string; version: string; files: number; lines: number }[];
  /** Most lines first. */
  currencies: { code: string; lines: number; billed: string | null; effective: string | null }[];
  coverage: DataCoverage;
  grain: { word: string; hourlyDays: number; hour: number; day: number; month: number; other: number };
  shares: DataShare[];
  filled: string[];
  empty: string[];
  absent: string[];
  tagKeys: { key: string; lines: number; currency: string; cost: string }[];
  unmapped: DataUnmapped[];
  unmappedCount: number;
  duplicates: DataDuplicates;
  rejects: { file: string; reason: string; lines: number }[];
  rejectLines: number;
  providerSums: DataSum[];
  /** Worst first. */
  findings: DataFinding[];
  readiness: DataReadiness[];
};

export type DataPassport = { today: string; whole: DataSet; sets: DataSet[] };

export type Quality = {
  /** Reads every line; on a large ledger it shows as a job meanwhile. */
  Passport(): Promise<DataPassport>;
};
