import type { EventMap, Ports } from '../lib/wire';

/** The events of the Go side. */
export type Events = {
  /** Returns the function that ends the subscription. */
  on<Name extends keyof EventMap>(name: Name, listener: (payload: EventMap[Name]) => void): () => void;
};

/** The Go side: what the page can call, by area, and what it hears. */
export type Bridge = { [Name in keyof Ports as Uncapitalize<Name>]: Ports[Name] } & { events: Events };
