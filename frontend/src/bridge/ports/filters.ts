import type { Filter } from '../../lib/filter';

/** What is wrong with a text that is no filter. */
export type FilterProblem = {
  message: string;
  /** The place in the text, in UTF-16 code units as JavaScript counts them. */
  offset: number;
  length: number;
  /** What to write in that place instead; "" where nothing is near. */
  suggestion: string;
};

/** A text read as a filter; the filter is every charge where there is a problem. */
export type ParsedFilter = { filter: Filter; problem: FilterProblem | null };

export type Filters = {
  /** Reads a filter in the language of --where; the ledger must have its columns, unless any are let through, as in rules. */
  Parse(text: string, anyColumn: boolean): Promise<ParsedFilter>;
  /** The text of a filter. */
  Print(filter: Filter): Promise<string>;
};
