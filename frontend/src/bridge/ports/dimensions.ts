import type { Filter } from '../../lib/filter';

/** How a value is taken from a column: whole, one part of it, or what a regular expression captures. */
export type ValueFrom = {
  column: string;
  /** The separator; "" = not split. */
  split: string;
  /** 1 is the first, -1 the last. */
  part: number;
  capture: string;
  lowerCase: boolean;
};

/** A filter and the value of the charges that it catches: a text, or taken from a column. */
export type DimensionRule = { where: Filter; value: string; from: ValueFrom | null };

/** A virtual dimension: the first rule that catches a charge gives its value. */
export type Dimension = {
  name: string;
  description: string;
  rules: DimensionRule[];
  /** The value of charges that no rule catches; null = none. */
  default: string | null;
};

export type DimensionInfo = {
  name: string;
  description: string;
  rules: number;
  version: number;
  changedAt: string;
  changedBy: string;
  /** Why it cannot be used; "" = it can. */
  problem: string;
  /** The scopes whose filters use it. */
  usedBy: string[];
};

export type StoredDimension = { dimension: Dimension; version: number };

/** Which charges a preview looks at, in one currency. */
export type PreviewQuestion = { metric: string; currency: string; where: Filter; from: string; to: string; leftBy: string };

/** Charges and what they cost; an amount that is not known is null. */
export type LinesAndCost = { lines: number; amount: string | null };

export type RulePreview = {
  /** What it catches and no rule before it does. */
  caught: LinesAndCost;
  /** How many values it gives. */
  values: number;
  /** The rules before it, from 1, that catch all that its filter matches; it catches nothing then. */
  shadowedBy: number[];
};

export type DimensionPreview = {
  rules: RulePreview[];
  /** What no rule catches. */
  left: LinesAndCost;
  /** The largest values of one column in that. */
  largest: { value: string | null; lines: number; amount: string | null }[];
  total: LinesAndCost;
  /** Columns that the rules use and the ledger does not have; they count as empty. */
  missing: string[];
};

export type Dimensions = {
  List(): Promise<DimensionInfo[]>;
  Find(name: string): Promise<StoredDimension>;
  /** Keeps a dimension if the stored one is of the version seen, 0 = there is none. */
  Save(dimension: Dimension, version: number): Promise<{ version: number; missing: string[] }>;
  Delete(name: string): Promise<void>;
  Preview(dimension: Dimension, question: PreviewQuestion): Promise<DimensionPreview>;
  /** Writes a dimension to a file that the person chooses; "" when the person cancelled. */
  Export(name: string): Promise<string>;
  /** Reads a dimension from a file that the person chooses, without keeping it; null when the person cancelled. */
  Import(): Promise<Dimension | null>;
};
