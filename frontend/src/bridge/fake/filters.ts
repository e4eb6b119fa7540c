/** Dimensions and scopes in memory. The language has one parser, on the Go side: the fake knows only the texts that a test gives it. */
import type { Filter } from '../../lib/wire';
import { AppError } from '../errors';
import type { Dimension, DimensionPreview, Dimensions } from '../../lib/wire';
import type { Filters, ParsedFilter } from '../../lib/wire';
import type { ScopeInfo, Scopes } from '../../lib/wire';

/** What the fake answers for filters as text, and what it keeps. */
export type FakeFilters = {
  /** By text. */
  parsed: Map<string, ParsedFilter>;
  dimensions: Map<string, { dimension: Dimension; version: number }>;
  scopes: Map<string, ScopeInfo>;
  preview: DimensionPreview;
};

const changed = { changedAt: '2026-11-20T09:00:00Z', changedBy: 'nora' };

export function emptyFakeFilters(): FakeFilters {
  const none = { lines: 0, amount: null };
  return { parsed: new Map(), dimensions: new Map(), scopes: new Map(), preview: { rules: [], left: none, largest: [], total: none, missing: [] } };
}

function textOf(filter: Filter): string {
  return JSON.stringify(filter);
}

export function createFakeFilters(held: FakeFilters): Filters {
  return {
    Parse: (text) => {
      const known = held.parsed.get(text);
      return known ? Promise.resolve(known) : Promise.reject(new AppError('unsupported', `The fake does not know the filter ${text}.`));
    },
    Print: (filter) => {
      const known = [...held.parsed].find(([, parsed]) => textOf(parsed.filter) === textOf(filter));
      return Promise.resolve(known ? known[0] : textOf(filter));
    },
  };
}

function checkVersion(what: string, have: { version: number } | undefined, seen: number): void {
  if ((have?.version ?? 0) !== seen) throw new AppError('conflict', `The ${what} was changed meanwhile.`);
}

export function createFakeScopes(held: FakeFilters): Scopes {
  return {
    List: () => Promise.resolve([...held.scopes.values()]),
    Save: async (name, where, version) => {
      checkVersion('scope', held.scopes.get(name), version);
      held.scopes.set(name, { name, where, text: await createFakeFilters(held).Print(where), version: version + 1, problem: '', ...changed });
      return version + 1;
    },
    Rename: (name, to, version) => {
      const have = held.scopes.get(name);
      checkVersion('scope', have, version);
      held.scopes.delete(name);
      if (have) held.scopes.set(to, { ...have, name: to, version: version + 1 });
      return Promise.resolve(version + 1);
    },
    Delete: (name) => {
      held.scopes.delete(name);
      return Promise.resolve();
    },
  };
}

export function createFakeDimensions(held: FakeFilters): Dimensions {
  return {
    List: () =>
      Promise.resolve(
        [...held.dimensions.values()].map(({ dimension: { name, description, rules }, version }) => ({ name, description, rules: rules.length, version, problem: '', usedBy: [], ...changed })),
      ),
    Find: (name) => {
      const have = held.dimensions.get(name);
      return have ? Promise.resolve(have) : Promise.reject(new AppError('not_found', `There is no dimension named "${name}".`));
    },
    Save: (dimension, version) => {
      checkVersion('dimension', held.dimensions.get(dimension.name), version);
      held.dimensions.set(dimension.name, { dimension, version: version + 1 });
      return Promise.resolve({ version: version + 1, missing: [] });
    },
    Delete: (name) => {
      held.dimensions.delete(name);
      return Promise.resolve();
    },
    Preview: ({ rules }) => Promise.resolve({ ...held.preview, rules: rules.map((_, at) => held.preview.rules[at] ?? { caught: { lines: 0, amount: null }, values: 0, shadowedBy: [] }) }),
    Export: (name) => Promise.resolve(`/home/nora/Documents/${name}.dimension.json`),
    Import: () => Promise.resolve(null),
  };
}
