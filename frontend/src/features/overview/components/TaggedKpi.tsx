import Skeleton from '@mui/material/Skeleton';

import { isDecimal, sign } from '../../../lib/decimal';
import { formatPart } from '../../../lib/percent';
import type { Spend, SpendRow } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import { Kpi } from './Kpi';

/** `tagged` is undefined while it is calculated, and null where it could not be. */
type TaggedKpiProps = { tagged: Spend | null | undefined; view: LedgerView; hasTags: boolean };

/** How much of the usage carries any tag at all; taxes, credits and fees have none by nature. It is the measure of Data quality, of the charges in view. */
export function TaggedKpi({ tagged: spend, view, hasTags }: TaggedKpiProps) {
  if (!hasTags || spend === null) {
    return (
      <Kpi title="Tagged" value="–">
        {hasTags ? 'Could not be calculated' : 'No tags in this data'}
      </Kpi>
    );
  }
  if (spend === undefined) return <Kpi title="Tagged" value={<Skeleton width={90} />} />;
  const { rows, total } = spend;
  const tagged = rows.find((row) => row.key === 'Tagged');
  const untagged = rows.find((row) => row.key === 'Untagged');
  if (rows.length === 0) {
    return (
      <Kpi title="Tagged" value="–">
        No usage in this period
      </Kpi>
    );
  }
  // Of what costs nothing the lines are counted.
  const costs = total.amount !== null && isDecimal(total.amount) && sign(total.amount) > 0;
  const size = (row: SpendRow | undefined) => (costs ? (row?.amount ?? '0') : String(row?.lines ?? 0));
  return (
    <Kpi
      title="Tagged"
      meaning="Share of the cost of usage whose lines have at least one tag; credits count without their sign"
      value={formatPart(size(tagged), size(total))}
      unit={costs ? 'of usage cost' : 'of usage lines'}
      to={view.linkTo('/charges', [{ column: 'ChargeCategory', op: 'in', values: ['Usage'] }, { column: 'HasTags', op: 'in', values: ['Untagged'] }])}
    >
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
