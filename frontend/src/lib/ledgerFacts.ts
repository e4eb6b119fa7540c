import { metricNames, type MetricName } from './metric';

/** What the controls of a page must know of the ledger. */
export type LedgerFacts = {
  firstDay: string;
  lastDay: string;
  /** Largest first; code "" stands for lines that name no currency. */
  currencies: { code: string; lines: number }[];
  knownMetrics: MetricName[];
  /** The column that names the cloud: ProviderName, or its successor in newer files. */
  providerColumn: string;
};

type StateLike = {
  firstDay: string;
  lastDay: string;
  currencies: { code: string; lines: number }[];
  metrics: { name: string; known: boolean }[];
  columns: { name: string }[];
};

export function ledgerFactsOf(state: StateLike): LedgerFacts {
  const has = (name: string) => state.columns.some((column) => column.name === name);
  return {
    firstDay: state.firstDay,
    lastDay: state.lastDay,
    currencies: state.currencies,
    knownMetrics: metricNames.filter((name) => state.metrics.some((metric) => metric.name === name && metric.known)),
    providerColumn: !has('ProviderName') && has('ServiceProviderName') ? 'ServiceProviderName' : 'ProviderName',
  };
}
