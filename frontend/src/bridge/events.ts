import type { Query, QueryClient } from '@tanstack/react-query';

import type { ChangeInfo, EventMap } from '../lib/wire';
import type { Events } from './ports';

type Topic = ChangeInfo['topic'];

/**
 * Which questions belong to a topic: the first parts of their query keys. When the Go side announces that a topic changed, these
 * and no others are asked anew, if a page shows them.
 */
export const topicKeys = {
  ledger: ['ledger', 'bills', 'imports', 'reconciliation', 'workspace', 'savings', 'budgets', 'anomalies', 'forecasts', 'connections', 'simulations'],
  jobs: ['jobs'],
  // A scope can use a dimension and says so, or why it cannot; a dimension names the scopes that use it.
  dimensions: ['dimensions', 'scopes', 'ledger', 'budgets', 'anomalies', 'forecasts'],
  scopes: ['scopes', 'dimensions', 'budgets', 'anomalies', 'forecasts'],
  mappings: ['mappings'],
  invoices: ['reconciliation'],
  // A document may have what a provider recommends to buy.
  savings: ['savings', 'simulations'],
  budgets: ['budgets'],
  // A budget shows its alerts.
  alerts: ['alerts', 'budgets'],
  anomalies: ['anomalies'],
  // A budget shows its forecast.
  forecasts: ['forecasts', 'budgets'],
  connections: ['connections'],
  migrations: ['migrations'],
  workspaces: ['workspace'],
} as const satisfies Record<Topic, readonly string[]>;

type Listeners = { [Name in keyof EventMap]: Set<(payload: EventMap[Name]) => void> };

/** An event source inside the page, for what stands in for the Go side. */
export function createEmitter(): Events & { emit<Name extends keyof EventMap>(name: Name, payload: EventMap[Name]): void } {
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

/**
 * Asks anew what belongs to a topic that changed. A first answer that is still on its way may be one from before the change; it is not
 * waited for, or a page that was opened meanwhile would keep it beside figures that are newer.
 */
export async function askAnew(client: QueryClient, topic: Topic): Promise<void> {
  const concerned = ({ queryKey }: Query) => belongsTo(topic, queryKey);
  await client.cancelQueries({ type: 'active', fetchStatus: 'fetching', predicate: (query) => concerned(query) && query.state.data === undefined });
  await client.invalidateQueries({ predicate: concerned });
}
