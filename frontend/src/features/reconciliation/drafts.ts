/** Invoice amounts that were typed and are not saved yet. They are kept with the window, also through a reload. */
import { useSyncExternalStore } from 'react';

import type { FigureInput } from '../../lib/wire';

/** The drafts of a workspace by the name of the invoice: see encodeKey. */
export type Drafts = Record<string, FigureInput>;

const none: Drafts = {};
const read = new Map<string, Drafts>();
const listeners = new Set<() => void>();

function placeOf(workspace: string): string {
  return `amounts of invoices of ${workspace}`;
}

function isDrafts(value: unknown): value is Drafts {
  return typeof value === 'object' && value !== null && Object.values(value).every((one: unknown) => typeof one === 'object' && one !== null && 'key' in one && 'total' in one);
}

/** What is kept of a workspace; the same object until it changes. */
export function draftsOf(workspace: string): Drafts {
  const known = read.get(workspace);
  if (known) return known;
  let drafts = none;
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(placeOf(workspace)) ?? '{}');
    if (isDrafts(stored)) drafts = stored;
  } catch {
    // What cannot be read is no draft of ours.
  }
  read.set(workspace, drafts);
  return drafts;
}

/** Keeps drafts, or forgets those that are null. */
export function keepDrafts(workspace: string, changes: Record<string, FigureInput | null>): void {
  const next: Drafts = {};
  for (const [name, draft] of Object.entries({ ...draftsOf(workspace), ...changes })) if (draft !== null) next[name] = draft;
  read.set(workspace, next);
  if (Object.keys(next).length === 0) sessionStorage.removeItem(placeOf(workspace));
  else sessionStorage.setItem(placeOf(workspace), JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** Forgets what was read, as a reload does. */
export function forgetRead(): void {
  read.clear();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The drafts of a workspace as they are now. */
export function useDrafts(workspace: string): Drafts {
  return useSyncExternalStore(subscribe, () => draftsOf(workspace));
}
