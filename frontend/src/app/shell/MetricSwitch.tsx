import { metricLabels, metricMeanings, metricNames } from '../../lib/metric';
import { Segmented } from '../../ui/Segmented';
import { useLedgerView } from '../../ui/view/ledgerView';

/** Which of the four costs the page tells. */
export function MetricSwitch() {
  const view = useLedgerView();
  const choices = metricNames.map((name) => {
    const known = view.facts.knownMetrics.includes(name);
    return { value: name, label: metricLabels[name], disabled: !known, hint: known ? metricMeanings[name] : `${metricLabels[name]} cost is not in this data: no line has a value for it` };
  });
  return <Segmented label="Cost metric" value={view.metric} choices={choices} onChange={view.setMetric} />;
}
