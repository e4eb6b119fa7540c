import type { Filter } from '../../lib/filter';

/** A filter under a name: the part of the charges that somebody answers for. */
export type ScopeInfo = {
  name: string;
  where: Filter;
  /** The filter as text. */
  text: string;
  version: number;
  changedAt: string;
  changedBy: string;
  /** Why it cannot be used; "" = it can. */
  problem: string;
};

export type Scopes = {
  List(): Promise<ScopeInfo[]>;
  /** Keeps a scope if the stored one is of the version seen, 0 = there is none; answers its new version. */
  Save(name: string, where: Filter, version: number): Promise<number>;
  /** Gives a scope of the version seen another name. */
  Rename(name: string, to: string, version: number): Promise<number>;
  Delete(name: string): Promise<void>;
};
