import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTheme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';

import { useJobs } from '../../bridge/queries';
import { metricLabels, metricMeanings, metricNames } from '../../lib/metric';
import { runningOf } from '../../parts/jobs/progress';
import { Segmented } from '../../ui/Segmented';
import { useLedgerView } from '../../ui/view/ledgerView';

/** Which of the four costs the page shows; folded into a list where there is no room for all of them, on a small window also while jobs run. */
export function MetricSwitch() {
  const view = useLedgerView();
  const { breakpoints } = useTheme();
  const crowded = useMediaQuery(breakpoints.down(1440));
  const working = runningOf(useJobs().data ?? []).length > 0;
  const narrow = useMediaQuery(breakpoints.down('lg')) || (crowded && working);
  const choices = metricNames.map((name) => {
    const known = view.facts.knownMetrics.includes(name);
    return { value: name, label: metricLabels[name], disabled: !known, hint: known ? metricMeanings[name] : `${metricLabels[name]} cost is not in this data: no line has a value for it` };
  });
  if (!narrow) return <Segmented label="Cost metric" value={view.metric} choices={choices} onChange={view.setMetric} />;
  return (
    <TextField select size="small" value={view.metric} slotProps={{ select: { SelectDisplayProps: { 'aria-label': 'Cost metric' } } }} sx={{ flex: 'none' }}>
      {choices.map(({ value, label, disabled, hint }) => (
        <MenuItem key={value} value={value} disabled={disabled} title={hint} onClick={() => view.setMetric(value)}>
          {label}
        </MenuItem>
      ))}
    </TextField>
  );
}
