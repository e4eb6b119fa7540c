import type { Filter } from './filter';
import { metricNames, type MetricName } from './metric';

/** What the controls of a page must know of the ledger. */
export type LedgerFacts = {
  firstDay: string;
  lastDay: string;
  /** Largest first; code "" stands for lines that name no currency. */
  currencies: { code: string; lines: number }[];
  knownMetrics: MetricName[];
  /** The named filters that can be used. */
  scopes: NamedFilter[];
};

/** A scope as far as a view needs it. */
export type NamedFilter = { name: string; where: Filter };

type StateLike = {
  firstDay: string;
  lastDay: string;
  currencies: { code: string; lines: number }[];
  metrics: { name: string; known: boolean }[];
};

export function ledgerFactsOf(state: StateLike, scopes: NamedFilter[]): LedgerFacts {
  return {
    firstDay: state.firstDay,
    lastDay: state.lastDay,
    currencies: state.currencies,
    knownMetrics: metricNames.filter((name) => state.metrics.some((metric) => metric.name === name && metric.known)),
    scopes,
  };
}
