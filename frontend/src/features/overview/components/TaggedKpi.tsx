import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Figures } from '../queries';
import { Kpi } from './Kpi';
import { Share } from './Share';

type TaggedKpiProps = { figures: Figures; view: LedgerView; hasTags: boolean };

/** How much of the usage carries any tag at all; taxes, credits and fees have none by nature. Data quality has the same base. */
export function TaggedKpi({ figures, view, hasTags }: TaggedKpiProps) {
  const { rows, noShare } = figures.tagged;
  const tagged = rows.find((row) => row.key === 'Tagged');
  const untagged = rows.find((row) => row.key === 'Untagged');
  if (!hasTags || rows.length === 0) {
    return (
      <Kpi title="Tagged" value="–">
        {hasTags ? 'No usage in this period' : 'No tags in this data'}
      </Kpi>
    );
  }
  // Where no line has a tag, there is no row that says so.
  const value = <Share share={tagged?.share ?? (noShare === '' ? '0' : '')} reason={noShare} />;
  return (
    <Kpi title="Tagged" meaning="Share of the cost of usage whose lines carry at least one tag" value={value} unit="of usage cost" to={view.linkTo('/charges', [{ column: 'ChargeCategory', op: 'in', values: ['Usage'] }, { column: 'HasTags', op: 'in', values: ['Untagged'] }])}>
      {untagged ? (
        <>
          <Money amount={untagged.amount} currency={view.currency} /> has no tag
        </>
      ) : (
        'Every line has a tag'
      )}
    </Kpi>
  );
}
