import { formatShare } from '../../../lib/percent';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { amountOf, totalOf } from '../model';
import type { Figures } from '../queries';
import { Kpi } from './Kpi';

const meaning = 'Effective cost of usage that a commitment discount covers, as a share of the effective cost of all usage';

/** How much of the usage runs under a commitment. */
export function CoverageKpi({ figures, view }: { figures: Figures; view: LedgerView }) {
  const { coverage } = figures;
  const stated = coverage?.rows.some((row) => row.keys[0] !== null) ?? false;
  const used = coverage?.rows.find((row) => row.keys[0] === 'Used');
  const share = formatShare(amountOf(used) ?? '0', amountOf(totalOf(coverage, view.currency)));
  if (!stated || share === null) {
    return (
      <Kpi title="Commitment coverage" meaning={meaning} value="–">
        {coverage === null ? 'Not in this data' : 'No commitment in these charges'}
      </Kpi>
    );
  }
  return (
    <Kpi title="Commitment coverage" meaning={meaning} value={share} unit="of usage cost" to={view.linkTo('/charges', [{ column: 'CommitmentDiscountStatus', op: 'in', values: ['Used'] }])}>
      <Money amount={amountOf(used) ?? '0'} currency={view.currency} /> effective
    </Kpi>
  );
}
