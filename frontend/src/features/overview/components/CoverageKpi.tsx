import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Figures } from '../queries';
import { Kpi } from './Kpi';
import { Share } from './Share';

const meaning = 'Effective cost of usage that a commitment discount covers, as a share of the effective cost of all usage';

/** How much of the usage runs under a commitment. */
export function CoverageKpi({ figures, view }: { figures: Figures; view: LedgerView }) {
  const { coverage } = figures;
  const used = coverage?.rows.find(({ key }) => key === 'Used');
  if (!coverage?.rows.some(({ key }) => key !== null)) {
    return (
      <Kpi title="Commitment coverage" meaning={meaning} value="–">
        {coverage === undefined ? 'Not in this data' : 'No commitment in these charges'}
      </Kpi>
    );
  }
  if (coverage.noShare !== '') {
    return (
      <Kpi title="Commitment coverage" meaning={meaning} value="–">
        {coverage.noShare}
      </Kpi>
    );
  }
  const value = <Share share={used?.share ?? '0'} reason="" />;
  return (
    <Kpi title="Commitment coverage" meaning={meaning} value={value} unit="of usage cost" to={view.linkTo('/charges', [{ column: 'CommitmentDiscountStatus', op: 'in', values: ['Used'] }])}>
      <Money amount={used ? used.amount : '0'} currency={view.currency} /> is covered
    </Kpi>
  );
}
