import type { Filter } from './wire';
import { metricNames, type MetricName } from './metric';
import type { CurrencyState, LedgerState } from './wire';

/** What the controls of a page must know of the ledger. */
export type LedgerFacts = {
  firstDay: string;
  lastDay: string;
  /** Largest first; code "" stands for lines that name no currency. */
  currencies: CurrencyState[];
  knownMetrics: MetricName[];
  /** The named filters that can be used. */
  scopes: NamedFilter[];
};

/** A scope as far as a view needs it. */
export type NamedFilter = { name: string; where: Filter };

export function ledgerFactsOf(state: LedgerState, scopes: NamedFilter[]): LedgerFacts {
  return {
    firstDay: state.firstDay,
    lastDay: state.lastDay,
    currencies: state.currencies,
    knownMetrics: metricNames.filter((name) => state.metrics.some((metric) => metric.metric === name && metric.known)),
    scopes,
  };
}
