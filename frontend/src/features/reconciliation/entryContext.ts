import { createContext, useContext } from 'react';

/** The cell of the list that is being edited, and what its field does. */
export type Entry = {
  /** Name of the invoice whose amount is edited; "" = none. */
  editing: string;
  text: string;
  /** Why an amount was not saved, by the name of its invoice. */
  refused: ReadonlyMap<string, string>;
  change: (text: string) => void;
  /** Keeps what was typed and goes so many rows on. */
  finish: (step: -1 | 0 | 1) => void;
  cancel: () => void;
};

export const EntryContext = createContext<Entry>({ editing: '', text: '', refused: new Map(), change: () => undefined, finish: () => undefined, cancel: () => undefined });

export function useEntry(): Entry {
  return useContext(EntryContext);
}
