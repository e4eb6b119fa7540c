/** The four cost metrics of FOCUS in plain words. */
export const metricNames = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'] as const;

export type MetricName = (typeof metricNames)[number];

export const metricLabels: Record<MetricName, string> = {
  BilledCost: 'Billed',
  EffectiveCost: 'Effective',
  ListCost: 'List',
  ContractedCost: 'Contracted',
};

export const metricMeanings: Record<MetricName, string> = {
  BilledCost: 'What the invoice asks for',
  EffectiveCost: 'Billed cost with upfront commitment fees spread over the time they cover',
  ListCost: 'What the usage would cost at public prices',
  ContractedCost: 'What the usage costs at negotiated prices, before commitment discounts',
};
