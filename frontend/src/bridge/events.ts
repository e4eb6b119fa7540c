import type { EventMap } from '../lib/wire';
import type { Events } from './ports';

type Listeners = { [Name in keyof EventMap]: Set<(payload: EventMap[Name]) => void> };

/** An event source inside the page, for the fake. */
export function createEmitter(): Events & { emit<Name extends keyof EventMap>(name: Name, payload: EventMap[Name]): void } {
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
