/** What a page keeps with an entry of the history besides its address, so that going back finds it as it was left. */
export type HistoryMemory<Value> = { recall: (window: object, entry: string) => Value | undefined; keep: (window: object, entry: string, value: Value) => void };

/** How far back a page is remembered. */
const ENTRIES_MAX = 50;

/** A memory for one page; it lives as long as the window, of which any object that does so may stand for it. */
export function createHistoryMemory<Value>(): HistoryMemory<Value> {
  const windows = new WeakMap<object, Map<string, Value>>();
  return {
    recall: (window, entry) => windows.get(window)?.get(entry),
    keep: (window, entry, value) => {
      const kept = windows.get(window) ?? new Map<string, Value>();
      windows.set(window, kept);
      kept.delete(entry);
      kept.set(entry, value);
      const [oldest] = kept.keys();
      if (kept.size > ENTRIES_MAX && oldest !== undefined) kept.delete(oldest);
    },
  };
}
