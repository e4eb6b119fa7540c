import type { JobInfo } from './ports';

/**
 * Which questions belong to a topic: the first parts of their query keys. When the Go side tells that a topic changed, these
 * and no others are asked anew, if a page shows them.
 */
export const topicKeys = {
  ledger: ['ledger', 'bills', 'imports', 'reconciliation', 'workspace'],
  jobs: ['jobs'],
  dimensions: ['dimensions', 'ledger'],
  scopes: ['scopes'],
  mappings: ['mappings'],
  invoices: ['reconciliation'],
  workspaces: ['workspace'],
} as const satisfies Record<string, readonly string[]>;

export type Topic = keyof typeof topicKeys;

/** What the Go side tells without being asked. A job comes at most ten times a second while it runs, and always once at its end. */
export type EventMap = {
  job: JobInfo;
  /** A part of the open workspace has another version, whoever changed it. */
  changed: { topic: Topic; version: number };
  'files:dropped': string[];
};

export type EventName = keyof EventMap;

export type Events = {
  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (payload: EventMap[Name]) => void): () => void;
};

type Listeners = { [Name in EventName]: Set<(payload: EventMap[Name]) => void> };

/** An event source inside the page, for the fake. */
export function createEmitter(): Events & { emit<Name extends EventName>(name: Name, payload: EventMap[Name]): void } {
  const listeners: Listeners = { job: new Set(), changed: new Set(), 'files:dropped': new Set() };
  return {
    on(name, listener) {
      listeners[name].add(listener);
      return () => {
        listeners[name].delete(listener);
      };
    },
    emit(name, payload) {
      for (const listener of [...listeners[name]]) listener(payload);
    },
  };
}

/** Whether a question with this query key belongs to the topic. */
export function belongsTo(topic: Topic, queryKey: readonly unknown[]): boolean {
  const keys: readonly unknown[] = topicKeys[topic];
  return keys.includes(queryKey[0]);
}
