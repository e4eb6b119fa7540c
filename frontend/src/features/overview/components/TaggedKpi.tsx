import { formatShare } from '../../../lib/percent';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { amountOf, totalOf } from '../model';
import type { Figures } from '../queries';
import { Kpi } from './Kpi';

type TaggedKpiProps = { figures: Figures; view: LedgerView; hasTags: boolean };

/** How much of the cost carries any tag at all. */
export function TaggedKpi({ figures, view, hasTags }: TaggedKpiProps) {
  const of = (key: string) => figures.tagged.rows.find((row) => row.keys[0] === key);
  const share = formatShare(amountOf(of('Tagged')) ?? (of('Untagged') ? '0' : null), amountOf(totalOf(figures.tagged, view.currency)));
  const untagged = of('Untagged');
  if (!hasTags || share === null) {
    return (
      <Kpi title="Tagged" value="–">
        {hasTags ? 'No cost in this period' : 'No tags in this data'}
      </Kpi>
    );
  }
  return (
    <Kpi title="Tagged" meaning="Share of the cost whose lines carry at least one tag" value={share} to={view.linkTo('/charges', [{ column: 'HasTags', op: 'in', values: ['Untagged'] }])}>
      {untagged ? (
        <>
          <Money amount={amountOf(untagged)} currency={view.currency} /> has no tag
        </>
      ) : (
        'Every line has a tag'
      )}
    </Kpi>
  );
}
