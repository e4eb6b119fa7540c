import type { FindingInfo } from '../../../lib/wire';
import { EmptyState } from '../../../ui/EmptyState';
import { StepDrawer } from '../../../ui/StepDrawer';
import type { useSavingsState } from '../useSavingsState';
import { FindingDetail } from './FindingDetail';

type FindingDrawerProps = {
  findings: FindingInfo[];
  /** The findings in the order of the table. */
  listed: FindingInfo[];
  state: ReturnType<typeof useSavingsState>;
  onDecide: (finding: FindingInfo) => void;
};

/** One finding: why, how much, and what to do. */
export function FindingDrawer({ findings, listed, state, onDecide }: FindingDrawerProps) {
  const { opened } = state;
  const finding = findings.find(({ id }) => id === opened);
  return (
    <StepDrawer opened={opened} listed={listed} noun="finding" title={finding?.title ?? 'Finding'} label="The finding and its proof" onOpen={state.open} onClose={state.close}>
      {finding ? <FindingDetail key={opened} finding={finding} onDecide={() => onDecide(finding)} onRule={() => state.openRule(finding.rule)} /> : <EmptyState title="There is no such finding" text="The charges have changed since, or the filter leaves it out. Close this and choose a finding." />}
    </StepDrawer>
  );
}
