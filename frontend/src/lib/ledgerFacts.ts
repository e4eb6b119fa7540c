import { metricNames, type MetricName } from './metric';
import type { CurrencyState, LedgerState } from './wire';

/** What the controls of a page must know of the ledger. */
export type LedgerFacts = {
  firstDay: string;
  lastDay: string;
  /** Largest first; code "" stands for lines that name no currency. */
  currencies: CurrencyState[];
  knownMetrics: MetricName[];
};

export function ledgerFactsOf(state: LedgerState): LedgerFacts {
  return {
    firstDay: state.firstDay,
    lastDay: state.lastDay,
    currencies: state.currencies,
    knownMetrics: metricNames.filter((name) => state.metrics.some((metric) => metric.name === name && metric.known)),
  };
}
