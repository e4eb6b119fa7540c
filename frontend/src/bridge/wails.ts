/** The real Go side. The only module that touches what Wails puts into the window. */
import type { EventMap, Ports } from '../lib/wire';
import { toAppError } from './errors';
import type { Bridge, Events } from './ports';

type WailsWindow = {
  go?: { desktop?: Ports };
  runtime?: {
    EventsOn(name: string, listener: (payload: unknown) => void): () => void;
    OnFileDrop(listener: (x: number, y: number, paths: string[]) => void, useDropTarget: boolean): void;
  };
};

function wailsWindow(): WailsWindow {
  return window as unknown as WailsWindow;
}

/** Whether the page runs inside the program. */
export function insideProgram(): boolean {
  return wailsWindow().go?.desktop !== undefined;
}

type AnyPort = Record<string, (...args: never[]) => Promise<unknown>>;

/** Every method of the port, with failures turned into AppError. Looked up on each call, for Wails may rebind them. */
function withErrors<Port extends object>(port: () => Port): Port {
  return new Proxy({} as Port, {
    get(_target, name) {
      if (typeof name !== 'string' || name === 'then') return undefined;
      return async (...args: never[]) => {
        try {
          const method = (port() as AnyPort)[name];
          if (!method) throw new Error(`The program does not know ${name}. The window and the program are of different versions.`);
          return await method(...args);
        } catch (reason) {
          throw toAppError(reason);
        }
      };
    },
  });
}

export function createWailsBridge(): Bridge {
  const program = wailsWindow();
  if (!program.go?.desktop || !program.runtime) {
    throw new Error('This page must be opened by Cloud Intelligence itself.');
  }
  const { runtime } = program;
  const bound = () => wailsWindow().go?.desktop ?? program.go!.desktop!;

  // On Windows the web view hands over dropped files only once the page has asked for them; the program then announces
  // their paths with "files:dropped".
  runtime.OnFileDrop(() => undefined, false);

  const events: Events = {
    on<Name extends keyof EventMap>(name: Name, listener: (payload: EventMap[Name]) => void) {
      return runtime.EventsOn(name, (payload) => listener(payload as EventMap[Name]));
    },
  };

  return {
    workspaces: withErrors(() => bound().Workspaces),
    imports: withErrors(() => bound().Imports),
    mappings: withErrors(() => bound().Mappings),
    bills: withErrors(() => bound().Bills),
    jobs: withErrors(() => bound().Jobs),
    ledger: withErrors(() => bound().Ledger),
    filters: withErrors(() => bound().Filters),
    dimensions: withErrors(() => bound().Dimensions),
    scopes: withErrors(() => bound().Scopes),
    quality: withErrors(() => bound().Quality),
    reconciliation: withErrors(() => bound().Reconciliation),
    savings: withErrors(() => bound().Savings),
    documents: withErrors(() => bound().Documents),
    commitments: withErrors(() => bound().Commitments),
    budgets: withErrors(() => bound().Budgets),
    alerts: withErrors(() => bound().Alerts),
    forecasts: withErrors(() => bound().Forecasts),
    anomalies: withErrors(() => bound().Anomalies),
    connections: withErrors(() => bound().Connections),
    migrations: withErrors(() => bound().Migrations),
    app: withErrors(() => bound().App),
    events,
  };
}
