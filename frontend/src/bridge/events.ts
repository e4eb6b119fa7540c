import type { JobInfo } from './ports';

/** What the Go side tells without being asked. A job comes at most ten times a second while it runs, and always once at its end. */
export type EventMap = {
  job: JobInfo;
  'ledger:changed': Record<string, never>;
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
  const listeners: Listeners = { job: new Set(), 'ledger:changed': new Set(), 'files:dropped': new Set() };
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
