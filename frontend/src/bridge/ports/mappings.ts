/** Tables that nothing recognises, and the mappings that teach them. docs/sources/mapping.md says how a mapping reads a table. */

/** A column of FOCUS and where it comes from: a column of the table, or a text that is the same for every line. */
export type MappingChoice = { focus: string; column: string; text: string };

/** A column of the table that holds the value of one tag. */
export type MappingTag = { key: string; column: string };

export type Mapping = {
  name: string;
  header: string[];
  columns: MappingChoice[];
  tags: MappingTag[];
  dates: '' | 'day-first' | 'month-first' | 'unix';
  decimal: '' | 'point' | 'comma';
  sign: '' | 'reversed';
  /** '' takes BilledCost where no column is chosen. */
  effectiveCost: '' | 'unknown';
};

/** The reason for a choice of a suggestion. */
export type MappingMatch = { focus: string; confidence: number; reason: string; others: string[] };

/** What a person must look at: about "dates", "decimal", a column of FOCUS, or "" for the table as a whole. */
export type MappingQuestion = { about: string; text: string };

export type MappingTarget = { name: string; kind: 'text' | 'decimal' | 'time' | 'json'; values: string[] };

export type MappingTable = {
  path: string;
  dialect: string;
  names: string[];
  rows: (string | null)[][];
  mapping: Mapping;
  matches: MappingMatch[];
  questions: MappingQuestion[];
  /** What the suggestion still needs, in sentences. */
  missing: string[];
  seemsToBe: string;
  /** Why the table needs no new mapping; "" when nothing reads it yet. */
  readBy: string;
  targets: MappingTarget[];
};

export type MappingReject = { line: number; reason: string; text: string };

export type MappingTotal = { currency: string; metric: string; amount: string };

export type MappingTrial = {
  missing: string[];
  columns: { name: string; raw: string; focus: boolean }[];
  rows: (string | null)[][];
  lines: number;
  left: number;
  more: boolean;
  rejects: MappingReject[];
  totals: MappingTotal[];
};

export type MappingInfo = { name: string; changedAt: string; columns: number; provider: string; problem: string };

export type Mappings = {
  Inspect(path: string): Promise<MappingTable>;
  /** Those of the paths that are tables. */
  Mappable(paths: string[]): Promise<string[]>;
  /** Reads the beginning of a table with a mapping, which need not be complete. */
  Try(path: string, mapping: Mapping): Promise<MappingTrial>;
  List(): Promise<MappingInfo[]>;
  Find(name: string): Promise<Mapping>;
  Save(mapping: Mapping, replace: boolean): Promise<void>;
  Delete(name: string): Promise<void>;
  /** Asks where to save; "" when the person cancelled. */
  Export(name: string): Promise<string>;
  /** Asks which file holds the mapping and returns its name; "" when the person cancelled. */
  Import(): Promise<string>;
};
