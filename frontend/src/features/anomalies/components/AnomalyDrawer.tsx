import type { AnomalyInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { StepDrawer } from '../../../ui/StepDrawer';
import { describeDays, kindWords } from '../model';
import { useCurrentId } from '../queries';
import type { useAnomaliesState } from '../useAnomaliesState';
import { AnomalyDetail } from './AnomalyDetail';

type AnomalyDrawerProps = {
  all: AnomalyInfo[];
  /** The anomalies in the order of the table. */
  listed: AnomalyInfo[];
  state: ReturnType<typeof useAnomaliesState>;
};

/** One anomaly: where, how much, why, and how it stands. */
export function AnomalyDrawer({ all, listed, state }: AnomalyDrawerProps) {
  const known = all.some(({ id }) => id === state.opened);
  // An alert or a bookmark may have the id from before a restatement moved the first day.
  const current = useCurrentId(known ? '' : state.opened);
  const opened = known ? state.opened : current.data || state.opened;
  const anomaly = all.find(({ id }) => id === opened);
  const title = anomaly ? `${kindWords[anomaly.kind].label}, ${describeDays(anomaly)}` : 'Anomaly';
  return (
    <StepDrawer opened={opened} listed={listed} noun="anomaly" title={title} label="The anomaly and its cause" onOpen={state.open} onClose={state.close}>
      {anomaly && <AnomalyDetail key={opened} anomaly={anomaly} />}
      {!anomaly && !current.isLoading && <EmptyState title="There is no such anomaly" text="The charges or the sensitivity have changed since. Close this and choose an anomaly." />}
    </StepDrawer>
  );
}
